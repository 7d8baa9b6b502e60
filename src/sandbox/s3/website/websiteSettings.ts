import type * as client from '@aws-sdk/client-s3';
import type { RoutingRule, WebsiteConfiguration } from '@aws-sdk/client-s3';
import type { Handlers } from '../../service.ts';
import { invalidArgument, invalidRequest, malformedXml, refuse } from '../errors.ts';
import { openBucket, type S3 } from '../s3.ts';

export const websiteSettingHandlers = (s3: S3) =>
  ({
    GetBucketWebsite(input, call) {
      const { settings, name } = openBucket(s3, input, call, 'GetBucketWebsite');
      if (!settings.website) {
        const message = 'The specified bucket does not have a website configuration';
        throw refuse('NoSuchWebsiteConfiguration', message, 404, { BucketName: name });
      }
      return settings.website;
    },
    PutBucketWebsite(input, call) {
      const { settings } = openBucket(s3, input, call, 'PutBucketWebsite');
      settings.website = checked(input.WebsiteConfiguration);
      s3.world.changed();
    },
    DeleteBucketWebsite(input, call) {
      delete openBucket(s3, input, call, 'DeleteBucketWebsite').settings.website;
      s3.world.changed();
    },
  }) satisfies Handlers<typeof client>;

function checked(website: WebsiteConfiguration | undefined): WebsiteConfiguration {
  if (!website) throw malformedXml();
  const { RedirectAllRequestsTo: all, IndexDocument: index, ErrorDocument: error, RoutingRules: rules } = website;
  if (all) {
    if (index || error || rules) {
      const message = 'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.';
      throw invalidArgument(message, 'RedirectAllRequestsTo', 'not null');
    }
    if (!all.HostName) throw malformedXml();
    checkProtocol(all.Protocol);
    return website;
  }
  if (!index) {
    const message = 'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty';
    throw invalidArgument(message, 'IndexDocument', 'null');
  }
  if (!index.Suffix || index.Suffix.includes('/')) {
    throw invalidArgument('The IndexDocument Suffix is not well formed', 'IndexDocument', index.Suffix ?? '');
  }
  if (error && !error.Key) throw malformedXml();
  if (rules?.length === 0) throw malformedXml();
  rules?.forEach(checkRule);
  return website;
}

function checkRule({ Condition: condition, Redirect: redirect }: RoutingRule): void {
  if (!redirect || Object.keys(redirect).length === 0) throw malformedXml();
  checkProtocol(redirect.Protocol);
  if (redirect.ReplaceKeyPrefixWith !== undefined && redirect.ReplaceKeyWith !== undefined) {
    throw invalidRequest('You can only define ReplaceKeyPrefix or ReplaceKey but not both.');
  }
  if (condition && Object.keys(condition).length === 0) {
    throw invalidRequest(
      "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
    );
  }
  const code = redirect.HttpRedirectCode;
  if (code !== undefined && !/^3(0[1-9]|[1-9]\d)$/.test(code)) {
    throw invalidRequest(`The provided HTTP redirect code (${code}) is not valid. Valid codes are 3XX except 300.`);
  }
  const error = condition?.HttpErrorCodeReturnedEquals;
  if (error !== undefined && !/^[45]\d\d$/.test(error)) {
    throw invalidRequest(`The provided HTTP error code (${error}) is not valid. Valid codes are 4XX or 5XX.`);
  }
}

function checkProtocol(protocol: string | undefined): void {
  if (protocol === undefined || protocol === 'http' || protocol === 'https') return;
  throw invalidRequest(
    'Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.',
  );
}
