import type * as client from '@aws-sdk/client-s3';
import type { CORSRule } from '@aws-sdk/client-s3';
import type { Handlers } from '../../service.ts';
import { invalidRequest, malformedXml, refuse } from '../errors.ts';
import { openBucket, type S3 } from '../s3.ts';

const methods = new Set(['GET', 'PUT', 'POST', 'DELETE', 'HEAD']);

export const corsSettingHandlers = (s3: S3) =>
  ({
    GetBucketCors(input, call) {
      const { settings, name } = openBucket(s3, input, call, 'GetBucketCORS');
      if (!settings.cors) {
        throw refuse('NoSuchCORSConfiguration', 'The CORS configuration does not exist', 404, { BucketName: name });
      }
      return { CORSRules: settings.cors };
    },
    PutBucketCors(input, call) {
      const { settings } = openBucket(s3, input, call, 'PutBucketCORS');
      const rules = input.CORSConfiguration?.CORSRules ?? [];
      if (rules.length === 0 || rules.length > 100) throw malformedXml();
      rules.forEach(checkRule);
      settings.cors = rules;
      s3.world.changed();
    },
    DeleteBucketCors(input, call) {
      delete openBucket(s3, input, call, 'PutBucketCORS').settings.cors;
      s3.world.changed();
    },
  }) satisfies Handlers<typeof client>;

function checkRule({ AllowedMethods, AllowedOrigins, AllowedHeaders, ExposeHeaders }: CORSRule): void {
  if (!AllowedMethods?.length || !AllowedOrigins?.length) throw malformedXml();
  const unknown = AllowedMethods.find((method) => !methods.has(method));
  if (unknown !== undefined) {
    throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`);
  }
  for (const [name, values] of [
    ['AllowedOrigin', AllowedOrigins],
    ['AllowedHeader', AllowedHeaders ?? []],
  ] as const) {
    const twice = values.find((value) => value.indexOf('*') !== value.lastIndexOf('*'));
    if (twice !== undefined) throw invalidRequest(`${name} "${twice}" can not have more than one wildcard.`);
  }
  const exposed = ExposeHeaders?.find((header) => header.includes('*'));
  if (exposed !== undefined) {
    throw invalidRequest(
      `ExposeHeader "${exposed}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
    );
  }
}
