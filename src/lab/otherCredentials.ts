// Credentials that a step was given by AWS, such as those of sts.AssumeRoleWithSAML. In: `credentials` of a call. Out: what the target is told.
import type { CallCredentials } from '../aws/target.ts';
import { resolve } from './expression.ts';
import type { Template } from './model.ts';
import { LabRefusal } from './refusal.ts';
import type { StepContext } from './stepContext.ts';

/** Throws LabRefusal where these are none, and UnknownName where they are not known. */
export function credentialsFor(
  context: Pick<StepContext, 'scope'>,
  template: Template | undefined,
): { readonly credentials?: CallCredentials } {
  if (template === undefined) return {};
  const { AccessKeyId, SecretAccessKey, SessionToken } = members(resolve(template, context.scope()));
  if (SecretAccessKey === null || SessionToken === null)
    throw new LabRefusal(
      'SecretGone',
      'These credentials are a secret: they are never written down, and were gone when the lab was left.',
      'Run the step that gets them again.',
    );
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string')
    throw new LabRefusal(
      'NoCredentials',
      'What stands in credentials has no AccessKeyId and SecretAccessKey.',
      'Give the member Credentials of an answer of STS.',
    );
  return {
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(typeof SessionToken === 'string' && { sessionToken: SessionToken }),
    },
  };
}

const members = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
