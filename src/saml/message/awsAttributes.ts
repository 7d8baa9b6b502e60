// The attributes that AWS sign-in reads: Role, RoleSessionName, SessionDuration, SourceIdentity, tags.
import type { Findings } from '../finding.ts';
import type { Range } from '../xml/document.ts';
import type { AssertionAttribute, AssertionFacts } from './assertion.ts';

export const attributePrefix = 'https://aws.amazon.com/SAML/Attributes/';

const session = /^[a-zA-Z_0-9+=,.@-]{2,64}$/;
const arn = /^arn:(aws|aws-cn|aws-us-gov):iam::(\d{12}):(role|saml-provider)\/(.+)$/;

export interface RolePair {
  readonly role: string;
  readonly provider: string;
  readonly account: string;
}

/** The pairs of a Role attribute in either order; what is no pair is left out. */
export function rolePairs({ attributes }: Pick<AssertionFacts, 'attributes'>): RolePair[] {
  return attributes
    .filter(({ name }) => name === `${attributePrefix}Role`)
    .flatMap(({ values }) => values.flatMap(pairOf));
}

function pairOf(value: string): RolePair[] {
  const parts = value.split(',').map((one) => one.trim());
  const role = parts.find((one) => arn.exec(one)?.[3] === 'role');
  const provider = parts.find((one) => arn.exec(one)?.[3] === 'saml-provider');
  const account = arn.exec(role ?? '')?.[2];
  const same =
    account !== undefined &&
    account === arn.exec(provider ?? '')?.[2] &&
    arn.exec(role ?? '')?.[1] === arn.exec(provider ?? '')?.[1];
  return parts.length === 2 && role !== undefined && provider !== undefined && same
    ? [{ role, provider, account }]
    : [];
}

export function awsAttributeRules(facts: AssertionFacts, range: Range, findings: Findings): void {
  roleRule(facts, range, findings);
  sessionNameRule(facts, range, findings);
  const duration = attribute(facts, 'SessionDuration');
  const [seconds = ''] = duration?.values ?? [];
  if (duration && !(/^\d+$/.test(seconds) && Number(seconds) >= 900 && Number(seconds) <= 43_200))
    findings.error(
      'R48',
      duration.element.nameRange,
      'SessionDuration should be a whole number of seconds from 900 to 43,200.',
    );
  const source = attribute(facts, 'SourceIdentity');
  const [identity = ''] = source?.values ?? [];
  if (source && (!session.test(identity) || identity.startsWith('aws:')))
    findings.error(
      'R49',
      source.element.nameRange,
      'SourceIdentity should have 2 to 64 of the characters A-Z a-z 0-9 _+=,.@- and not begin with aws:.',
    );
  else if (source)
    findings.inform('R49', source.element.nameRange, 'The trust policy of the role must allow sts:SetSourceIdentity.');
  const tag = facts.attributes.find(({ name }) => name.startsWith(`${attributePrefix}PrincipalTag:`));
  if (tag) findings.inform('R49', tag.element.nameRange, 'The trust policy of the role must allow sts:TagSession.');
}

function attribute({ attributes }: AssertionFacts, name: string): AssertionAttribute | undefined {
  return attributes.find((one) => one.name === `${attributePrefix}${name}`);
}

function nearly({ attributes }: AssertionFacts, name: string): AssertionAttribute | undefined {
  const wanted = `${attributePrefix}${name}`.toLowerCase();
  return attributes.find((one) => one.name.toLowerCase() === wanted || one.name.toLowerCase() === name.toLowerCase());
}

function roleRule(facts: AssertionFacts, range: Range, findings: Findings): void {
  const role = attribute(facts, 'Role');
  const similar = nearly(facts, 'Role');
  if (!role) {
    const hint = similar ? ` There is ${similar.name}: upper and lower case count.` : '';
    return findings.error(
      'R46',
      similar?.element.nameRange ?? range,
      `There is no attribute ${attributePrefix}Role.${hint}`,
    );
  }
  const bad = role.values.filter((value) => pairOf(value).length === 0);
  if (role.values.length === 0)
    findings.error('R46', role.element.nameRange, 'The attribute Role has no value: the user has no role.');
  if (bad.length > 0)
    findings.error(
      'R46',
      role.element.nameRange,
      'A value of Role is not roleArn,providerArn of one account, without blanks between.',
    );
}

function sessionNameRule(facts: AssertionFacts, range: Range, findings: Findings): void {
  const name = attribute(facts, 'RoleSessionName');
  if (!name || name.values.length === 0)
    return findings.error('R47', range, `There is no attribute ${attributePrefix}RoleSessionName.`);
  if (name.values.length > 1)
    findings.error('R47', name.element.nameRange, 'RoleSessionName has several values; one is allowed.');
  if (!session.test(name.values[0] ?? ''))
    findings.error(
      'R47',
      name.element.nameRange,
      'RoleSessionName should have 2 to 64 of the characters A-Z a-z 0-9 _+=,.@-',
    );
}
