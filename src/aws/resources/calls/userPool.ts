// What Cognito is asked about user pools.
import type { UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import { sessionTag } from '../labTags.ts';
import type { Content, Found, Look, ResourceKey, ResourceKind } from '../kind.ts';
import type { Calls, Tagging } from '../late.ts';
import { sendOptions, unlessMissing } from '../lookup.ts';
import type { Target } from '../../target.ts';
import { childrenOf, listPools, missing, poolArn, poolWith, type PoolPage } from '../userPoolReads.ts';
import { removeDomains, unprotect } from './userPoolRemoval.ts';

function found(id: string, name: string, target: Pick<Target, 'region' | 'account'>): Found {
  return { kind: 'userPool', key: { id }, name, arn: poolArn(id, target), ref: id };
}

const whole = (pool: UserPoolType, target: Target): Found => ({
  ...found(pool.Id ?? '', pool.Name ?? '', target),
  output: { UserPool: pool },
});

export const userPoolCalls: Calls & Tagging & Required<Pick<ResourceKind, 'namesake'>> = {
  async list(look, next) {
    const { entries, next: more } = await listPools(look, next);
    return {
      entries: entries.map(({ id, name }) => found(id, name, look.target)),
      ...(more !== undefined && { next: more }),
    };
  },

  async find(look, key) {
    const id = key['id'] ?? (await idOf(look, key));
    const there = id === undefined ? undefined : await poolWith(look, id);
    return there && whole(there, look.target);
  },

  async namesake(look, key) {
    const [id, another] = await idsNamed(look, key['name'] ?? '');
    const there = id === undefined || another !== undefined ? undefined : await poolWith(look, id);
    return there && whole(there, look.target);
  },

  async describe(look, { ref }) {
    const there = await poolWith(look, ref);
    return there && { ...whole(there, look.target), facts: { ...there } };
  },

  tags: (look, { ref }) => tagsOf(look, ref),

  async tag(look, { ref }, tags) {
    const input = { ResourceArn: poolArn(ref, look.target), Tags: { ...tags } };
    await look.target.send('cognito-idp.TagResource', input, sendOptions(look));
  },

  async contents(look, { ref }) {
    const there = await poolWith(look, ref);
    if (!there) return [];
    const { clients, providers } = await childrenOf(look, ref);
    const count = (one: string, many: string, number: number): Content[] =>
      number === 0 ? [] : [{ what: number === 1 ? one : many, count: number }];
    return [
      ...count('user', 'users', there.EstimatedNumberOfUsers ?? 0),
      ...count('app client', 'app clients', clients),
      ...count('identity provider', 'identity providers', providers),
    ];
  },

  async remove(look, { ref }) {
    const there = await poolWith(look, ref);
    if (!there) return { state: 'gone' };
    await removeDomains(look, there);
    if (there.DeletionProtection === 'ACTIVE') await unprotect(look, there);
    const input = { UserPoolId: ref };
    await unlessMissing((options) => look.target.send('cognito-idp.DeleteUserPool', input, options), look, missing);
    return { state: 'gone' };
  },
};

async function idsNamed(look: Look, wanted: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let next: string | undefined;
  do {
    const page: PoolPage = await listPools(look, next);
    ids.push(...page.entries.filter(({ name }) => name === wanted).map(({ id }) => id));
    next = page.next;
  } while (next !== undefined);
  return ids;
}

/** The pool of that name that carries the session's tag; a namesake of somebody else's is never meant. */
async function idOf(look: Look, { name = '', session }: ResourceKey): Promise<string | undefined> {
  if (session === undefined) return undefined;
  for (const id of await idsNamed(look, name)) {
    const tags = await tagsOf(look, id);
    if (tags[sessionTag] === session) return id;
  }
  return undefined;
}

async function tagsOf(look: Look, id: string): Promise<Readonly<Record<string, string>>> {
  const input = { ResourceArn: poolArn(id, look.target) };
  const answer = await unlessMissing(
    (options) => look.target.send('cognito-idp.ListTagsForResource', input, options),
    look,
    missing,
  );
  return answer?.Tags ?? {};
}
