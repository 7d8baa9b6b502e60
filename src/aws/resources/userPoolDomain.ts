// The domain of a Cognito user pool, where its sign-in pages are. Key: pool and domain.
import { late } from './late.ts';
import { keyIn, partOfPool } from './userPoolPlace.ts';

export const userPoolDomain = late(
  {
    ...partOfPool,
    kind: 'userPoolDomain',
    label: 'user pool domain',
    plural: 'user pool domains',
    goesAfter: [],
    keyOf: keyIn('Domain', 'domain'),
    nameOf: (key) => key['domain'] ?? '',
    made: () => ({ ref: '' }),
  },
  async () => (await import('./calls/userPoolDomain.ts')).userPoolDomainCalls,
);
