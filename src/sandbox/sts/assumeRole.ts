// AssumeRole: the request is checked, IAM asked, and the session named. Whether the caller's own policies let it ask was decided before.
import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import type { IamPort } from '../ports.ts';
import { AwsError, type Call, type Caller, type SessionFacts } from '../service.ts';
import { checkConstraints } from './constraints.ts';
import { parseRoleArn } from './roles.ts';
import { readSessionTags } from './sessionTags.ts';

/** What the wire has refused requests without. */
export type AssumeRoleInput = AssumeRoleCommandInput & { readonly RoleArn: string; readonly RoleSessionName: string };

export interface Assumed {
  readonly caller: Omit<Caller, 'accessKeyId'>;
  readonly seconds: number;
}

/** @throws ValidationError, AccessDenied and what is wrong with tags */
export function assumeRole(iam: IamPort, input: AssumeRoleInput, { caller }: Call): Assumed {
  const { RoleArn, RoleSessionName, DurationSeconds: seconds = 3600 } = input;
  checkInput(input);
  const role = parseRoleArn(RoleArn);
  if (!role) throw new AwsError('ValidationError', `${RoleArn} is invalid`);
  const { tags, transitive } = readSessionTags(input, caller.session);
  const actions = [
    'sts:AssumeRole',
    ...(input.Tags?.length ? ['sts:TagSession'] : []),
    ...(input.SourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ];
  const answer = iam.assumable(RoleArn, caller, { actions, context: contextOf(input, tags) });
  if (!answer.ok) throw notAllowed(caller, answer.action, RoleArn);
  checkLength(seconds, answer.maxSeconds, caller);
  const session: SessionFacts = { policies: sessionPolicies(iam, input, role.account), tags, transitive };
  return { caller: { ...roleSession(role, answer.roleId, RoleSessionName), session }, seconds };
}

function checkInput(input: AssumeRoleInput): void {
  checkConstraints([
    ['roleArn', input.RoleArn, { min: 20, max: 2048 }],
    ['roleSessionName', input.RoleSessionName, { min: 2, max: 64, pattern: '[\\w+=,.@-]*' }],
    ['durationSeconds', input.DurationSeconds, { min: 900, max: 43_200 }],
    ['externalId', input.ExternalId, { min: 2, max: 1224, pattern: '[\\w+=,.@:\\/-]*' }],
    ['sourceIdentity', input.SourceIdentity, { min: 2, max: 64, pattern: '[\\w+=,.@-]*' }],
    ['policy', input.Policy, { min: 1 }],
  ]);
}

const contextOf = (input: AssumeRoleInput, tags: Readonly<Record<string, string>>) => ({
  'sts:RoleSessionName': input.RoleSessionName,
  ...(input.ExternalId !== undefined && { 'sts:ExternalId': input.ExternalId }),
  ...(input.SourceIdentity !== undefined && { 'sts:SourceIdentity': input.SourceIdentity }),
  ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
});

/** @throws MalformedPolicyDocument */
export function sessionPolicies(
  iam: IamPort,
  { Policy, PolicyArns = [] }: Pick<AssumeRoleCommandInput, 'Policy' | 'PolicyArns'>,
  account: string,
): string[] {
  const managed = PolicyArns.map(({ arn = '' }) => {
    const text = iam.policyDocument(arn, account);
    if (text === undefined) throw new AwsError('MalformedPolicyDocument', `Policy ${arn} does not exist.`);
    return text;
  });
  return [...(Policy === undefined ? [] : [Policy]), ...managed];
}

export const roleSession = (
  { account, name }: { readonly account: string; readonly name: string },
  roleId: string,
  sessionName: string,
): Omit<Caller, 'accessKeyId'> => ({
  account,
  arn: `arn:aws:sts::${account}:assumed-role/${name}/${sessionName}`,
  userId: `${roleId}:${sessionName}`,
  kind: 'role',
});

const notAllowed = ({ arn }: Caller, action: string, roleArn: string): AwsError =>
  new AwsError('AccessDenied', `User: ${arn} is not authorized to perform: ${action} on resource: ${roleArn}`, {
    status: 403,
  });

function checkLength(seconds: number, longest: number, caller: Caller): void {
  if (caller.kind === 'role' && seconds > 3600) {
    const message = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining';
    throw new AwsError('ValidationError', message);
  }
  if (seconds > longest) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
}
