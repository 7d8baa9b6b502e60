// The domain of a pool: where its sign-in pages and web endpoints are. In the sandbox the prefix becomes a host of loopback:
// http://<prefix>.auth.<region>.localhost:<port>
import type { Call } from '../service.ts';
import { poolFor, type Cognito, type CognitoHandlers } from './cognito.ts';
import { checkConstraints, invalid } from './refusals.ts';
import type { Domain, Pool } from './state.ts';

export const domainHandlers = (cognito: Cognito) =>
  ({
    CreateUserPoolDomain({ UserPoolId, Domain: name, CustomDomainConfig, ManagedLoginVersion }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      const custom = CustomDomainConfig !== undefined;
      checkDomain(name, custom);
      if (pool.domain?.custom === custom) throw invalid('User pool already has a domain configured.');
      if (findByDomain(cognito, name)) throw invalid('Domain already associated with another user pool.');
      pool.domain = {
        name,
        custom,
        certificateArn: CustomDomainConfig?.CertificateArn,
        managedLogin: ManagedLoginVersion,
      };
      cognito.world.changed();
      return custom ? { CloudFrontDomain: distribution } : {};
    },
    DescribeUserPoolDomain({ Domain: name }, { account, region }) {
      checkConstraints([['domain', name, { min: 1, max: 63 }]]);
      const pool = findByDomain(cognito, name);
      // Of a domain that nobody has, nothing is told: that is how one learns that it is free.
      if (pool?.account !== account || pool.region !== region || !pool.domain) return { DomainDescription: {} };
      return { DomainDescription: describeDomain(pool, pool.domain) };
    },
    UpdateUserPoolDomain({ UserPoolId, Domain: name, CustomDomainConfig, ManagedLoginVersion }, call) {
      const pool = ownerOf(cognito, UserPoolId, name, call);
      const { domain } = pool;
      if (domain)
        pool.domain = {
          ...domain,
          certificateArn: CustomDomainConfig?.CertificateArn ?? domain.certificateArn,
          managedLogin: ManagedLoginVersion ?? domain.managedLogin,
        };
      cognito.world.changed();
      return domain?.custom ? { CloudFrontDomain: distribution } : {};
    },
    DeleteUserPoolDomain({ UserPoolId, Domain: name }, call) {
      ownerOf(cognito, UserPoolId, name, call).domain = undefined;
      cognito.world.changed();
      return {};
    },
  }) satisfies CognitoHandlers;

const distribution = 'd111111abcdef8.cloudfront.net';

export const findByDomain = ({ state }: Cognito, name: string): Pool | undefined =>
  [...state.pools.values()].find(({ domain }) => domain?.name === name);

/** @throws InvalidParameterException */
function ownerOf(cognito: Cognito, poolId: string, name: string, call: Call): Pool {
  const pool = poolFor(cognito, poolId, call);
  if (pool.domain?.name !== name) throw invalid('No such domain or user pool exists.');
  return pool;
}

function checkDomain(name: string, custom: boolean): void {
  const pattern = '^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$';
  checkConstraints([['domain', name, { min: 1, max: custom ? 253 : 63 }]]);
  if (custom ? !/^[a-z0-9.-]+\.[a-z0-9-]+$/.test(name) : !new RegExp(pattern).test(name))
    throw invalid(
      `1 validation error detected: Value '${name}' at 'domain' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
    );
  const reserved = /aws|amazon|cognito/.exec(name)?.[0];
  if (!custom && reserved !== undefined) throw invalid(`Domain cannot contain reserved word: ${reserved}`);
}

const describeDomain = (pool: Pool, { name, certificateArn, managedLogin }: Domain) => ({
  UserPoolId: pool.id,
  AWSAccountId: pool.account,
  Domain: name,
  S3Bucket: `aws-cognito-prod-${pool.region}-assets`,
  CloudFrontDistribution: distribution,
  Version: '1',
  Status: 'ACTIVE' as const,
  CustomDomainConfig: certificateArn === undefined ? undefined : { CertificateArn: certificateArn },
  ManagedLoginVersion: managedLogin ?? 1,
});

/** The address of a pool's pages; undefined where it has no domain. */
export function webAddress({ world }: Cognito, pool: Pool): string | undefined {
  if (!pool.domain) return undefined;
  const port = /:\d+$/.exec(world.endpoint())?.[0] ?? '';
  const host = pool.domain.custom
    ? `${pool.domain.name}.localhost`
    : `${pool.domain.name}.auth.${pool.region}.localhost`;
  return `http://${host}${port}`;
}
