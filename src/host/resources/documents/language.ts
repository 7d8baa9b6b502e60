// Which language a document is in: a policy of what, or attributes of what.
import { completePolicy, type Completion } from '../../../aws/iamPolicy/complete.ts';
import { hoverPolicy, type Hover } from '../../../aws/iamPolicy/hover.ts';
import type { Attachment, Finding } from '../../../aws/iamPolicy/model.ts';
import { validatePolicy } from '../../../aws/iamPolicy/validate.ts';
import { arnOf, partitionOf } from '../../../aws/resources/lookup.ts';
import { documentScheme, readAddress, type PolicyAddress } from './address.ts';
import { completeSettings, hoverSettings, validateSettings } from './settingsLanguage.ts';

export interface DocumentLanguage {
  /** `seen`: what AWS held when it was last looked at. */
  validate(text: string, seen: string | undefined): readonly Finding[];
  complete(text: string, offset: number): readonly Completion[];
  hover(text: string, offset: number): Hover | undefined;
}

const services = { topic: 'sns', queue: 'sqs', bucket: 's3' } as const;

export function attachmentOf({ kind, account, region, name }: PolicyAddress): Attachment {
  const service = services[kind];
  const arn =
    kind === 'bucket' ? `arn:${partitionOf(region).name}:s3:::${name}` : arnOf({ account, region }, service, name);
  return { kind: 'resource', service, arn, account };
}

/** Of a file on disk only its text tells what it is a policy of. */
export function languageOf(scheme: string, path: string): DocumentLanguage {
  const address = scheme === documentScheme ? readAddress(path) : undefined;
  if (address?.which === 'attributes') {
    const { kind } = address;
    return {
      validate: (text, seen) => validateSettings(text, kind, seen),
      complete: (text, offset) => completeSettings(text, offset, kind),
      hover: (text, offset) => hoverSettings(text, offset, kind),
    };
  }
  const of: Attachment = address?.which === 'policy' ? attachmentOf(address) : { kind: 'unknown' };
  return {
    validate: (text) => validatePolicy(text, of),
    complete: (text, offset) => completePolicy(text, offset, of),
    hover: hoverPolicy,
  };
}
