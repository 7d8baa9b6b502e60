// Roles that SAML sign-in can take, by hand. In: a name and a trust policy as text. Out: the role. Never: changes a role that is there.
import { AwsFailure } from '../errors.ts';
import type { Found, Look } from '../resources/kind.ts';
import { kinds } from '../resources/kinds.ts';
import { globalArnOf, partitionOf, sendOptions } from '../resources/lookup.ts';
import { settled } from './settled.ts';
import { mistakeInRoleName } from './signInNames.ts';
import { mistakeInTrust } from './samlTrust.ts';

export interface RoleWish {
  readonly name: string;
  readonly trust: string;
  /** How long a session may be at most: 3,600 to 43,200 seconds. */
  readonly maxSessionSeconds: number;
  /** A policy of AWS's own to begin with, such as `ReadOnlyAccess`; without one the role may do nothing. */
  readonly policy?: string;
}

export async function createSamlRole(look: Look, wish: RoleWish): Promise<Found> {
  const { name, trust, maxSessionSeconds, policy } = wish;
  const mistake = mistakeInRoleName(name) ?? mistakeInTrust(trust);
  if (mistake !== undefined) throw refused('InvalidRole', mistake, 'Nothing was created.');
  if (await kinds.role.find(look, { name }))
    throw refused('AlreadyExists', `There is a role ${name} here already.`, 'It was left as it is.');
  const input = {
    RoleName: name,
    AssumeRolePolicyDocument: trust,
    MaxSessionDuration: maxSessionSeconds,
    Description: 'Taken by people who sign in through SAML',
  };
  const find = () => kinds.role.find(look, { name });
  const found = await settled(find, () => look.target.send('iam.CreateRole', input, sendOptions(look)));
  if (policy !== undefined) await attach(look, name, policy);
  const arn = globalArnOf(look.target, 'iam', `role/${name}`);
  return found ?? { kind: 'role', key: { name }, name, arn, ref: name };
}

async function attach(look: Look, name: string, policy: string): Promise<void> {
  const PolicyArn = `arn:${partitionOf(look.target.region).name}:iam::aws:policy/${policy}`;
  try {
    await look.target.send('iam.AttachRolePolicy', { RoleName: name, PolicyArn }, sendOptions(look));
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    const { kind, code, what } = error;
    const advice = 'Attach a policy to it, or delete it.';
    throw new AwsFailure(kind, { code, what: `The role ${name} was created, and has no policy. ${what}`, advice });
  }
}

function refused(code: string, what: string, advice: string): AwsFailure {
  return new AwsFailure('not-sent', { code, what, advice });
}
