// IAM roles. Key: the name, the same in all regions. Removing one takes its policies and instance profiles off it first, as IAM wants.
import type { Role } from '@aws-sdk/client-iam';
import type { Description, Relation } from './kind.ts';
import { lateTagged } from './late.ts';
import { globalConsoleUrl, text, withTagList } from './lookup.ts';

export const role = lateTagged(
  {
    kind: 'role',
    label: 'role',
    plural: 'roles',
    goesAfter: [],
    costPerHour: 0,

    keyOf(_operation, input) {
      const name = text(input['RoleName']);
      return name === undefined ? undefined : { name };
    },

    nameOf: (key) => key['name'] ?? '',

    withTags: withTagList,

    made(output) {
      const { Role: { RoleName: ref = '', Arn: arn } = {} }: { Role?: Partial<Role> } = output;
      return { ref, ...(arn !== undefined && { arn }) };
    },

    relations,
    consoleUrl: ({ name }, region) => globalConsoleUrl(region, `iam/home#/roles/details/${encodeURIComponent(name)}`),
  },
  async () => (await import('./calls/role.ts')).roleCalls,
);

/** The SAML providers that its trust policy names. */
function relations({ facts }: Description): readonly Relation[] {
  const arns = String(facts['AssumeRolePolicyDocument']).match(/arn:[\w-]+:iam::\d{12}:saml-provider\/[\w.-]+/g) ?? [];
  return [...new Set(arns)].map((arn) => ({ to: 'samlProvider', arn, label: 'trusts' }));
}
