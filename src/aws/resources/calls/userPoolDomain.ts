// What Cognito is asked about user pool domains.
import type { DomainDescriptionType } from '@aws-sdk/client-cognito-identity-provider';
import type { Found, Look } from '../kind.ts';
import { sendOptions } from '../lookup.ts';
import { listOfPools, poolWith, within } from '../userPoolReads.ts';
import { removeDomain } from './userPoolRemoval.ts';
import type { Calls } from '../late.ts';
import { poolOf } from '../userPoolPlace.ts';

function found(domain: DomainDescriptionType): Found {
  const { Domain: name = '', UserPoolId: userPoolId = '', CustomDomainConfig, CloudFrontDistribution } = domain;
  const output = CustomDomainConfig === undefined ? {} : { CloudFrontDomain: CloudFrontDistribution };
  return { kind: 'userPoolDomain', key: { userPoolId, domain: name }, name, ref: name, output };
}

export const userPoolDomainCalls: Calls = {
  list: (look, next) =>
    listOfPools(look, next, async (id) => {
      const { Domain, CustomDomain } = (await poolWith(look, id)) ?? {};
      const names = [Domain, CustomDomain].filter((name) => name !== undefined);
      const domains = await Promise.all(names.map((name) => domainOf(look, id, name)));
      return domains.flatMap((domain) => (domain ? [found(domain)] : []));
    }),

  async find(look, { userPoolId = '', domain = '' }) {
    const there = await domainOf(look, userPoolId, domain);
    return there && found(there);
  },

  async describe(look, { key }) {
    const there = await domainOf(look, poolOf(key), key['domain'] ?? '');
    return there && { ...found(there), facts: within(look, key, there) };
  },

  tags: async () => ({}),
  contents: async () => [],

  async remove(look, { key }) {
    await removeDomain(look, poolOf(key), key['domain'] ?? '');
    return { state: 'gone' };
  },
};

/** Cognito tells nothing of a domain that nobody has; another pool's is another domain. */
async function domainOf(look: Look, poolId: string, Domain: string): Promise<DomainDescriptionType | undefined> {
  if (Domain === '') return undefined;
  const answer = await look.target.send('cognito-idp.DescribeUserPoolDomain', { Domain }, sendOptions(look));
  return answer.DomainDescription?.UserPoolId === poolId ? answer.DomainDescription : undefined;
}
