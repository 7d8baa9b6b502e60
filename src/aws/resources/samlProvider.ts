// IAM's SAML providers: whom an account lets sign its users in. Key: the name, the same in all regions.
import { lateTagged } from './late.ts';
import { globalConsoleUrl, text, withTagList } from './lookup.ts';

export const samlProvider = lateTagged(
  {
    kind: 'samlProvider',
    label: 'SAML provider',
    plural: 'SAML providers',
    /** IAM would let it go first, and leave roles that trust what is not there. */
    goesAfter: ['role'],
    costPerHour: 0,

    keyOf(_operation, input) {
      const name = text(input['Name']);
      return name === undefined ? undefined : { name };
    },

    nameOf: (key) => key['name'] ?? '',

    withTags: withTagList,

    /** Which roles trust it, the roles say. */
    relations: () => [],

    consoleUrl: ({ arn }, region) =>
      arn === undefined
        ? undefined
        : globalConsoleUrl(region, `iam/home#/identity_providers/details/SAML/${encodeURIComponent(arn)}`),
  },
  async () => (await import('./calls/samlProvider.ts')).samlProviderCalls,
);
