// What the tests of IAM's and Cognito's kinds share: metadata to sign on with, and resources made as a lab makes them.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { OperationName } from '../../../src/aws/operations.ts';
import type { Found, Look, ResourceKey } from '../../../src/aws/resources/kind.ts';
import { kinds, type KindName } from '../../../src/aws/resources/kinds.ts';

export const metadata = readFileSync('test/fixtures/labs/sign-on/files/metadata.xml', 'utf8');

export const trust = (provider: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithSAML' }],
  });

export const labTags = { 'aws-labs:session': 'abcdefgh12', 'aws-labs:lab': 'x' };

export interface Made {
  readonly key: ResourceKey;
  readonly output: object;
  readonly found: Found;
}

/** With the tags of a lab, where the kind takes tags; found again by the key that was known before. */
export async function make(
  look: Look,
  kind: KindName,
  operation: OperationName,
  input: object,
  tags: Readonly<Record<string, string>> = labTags,
): Promise<Made> {
  const whole = kinds[kind].withTags(input, tags);
  const key = kinds[kind].keyOf(operation, { ...whole });
  if (!key) throw new Error('It has no key.');
  const output = await look.target.sendAny(operation, whole);
  return { key, output, found: await there(look, kind, key) };
}

export async function there(look: Look, kind: KindName, key: ResourceKey): Promise<Found> {
  const found = await kinds[kind].find(look, key);
  if (!found) throw new Error(`There is no ${kinds[kind].label}.`);
  return found;
}

export const makePool = (look: Look, PoolName: string, more: object = {}, tags = labTags): Promise<Made> =>
  make(look, 'userPool', 'cognito-idp.CreateUserPool', { PoolName, ...more }, tags);

export const makeRole = (look: Look, RoleName: string, provider: string): Promise<Made> =>
  make(look, 'role', 'iam.CreateRole', { RoleName, AssumeRolePolicyDocument: trust(provider) });

export const makeProvider = (look: Look, Name: string): Promise<Made> =>
  make(look, 'samlProvider', 'iam.CreateSAMLProvider', { Name, SAMLMetadataDocument: metadata });

/** All pages. */
export async function listAll(look: Look, kind: KindName): Promise<readonly Found[]> {
  const all: Found[] = [];
  let next: string | undefined;
  do {
    const page: Awaited<ReturnType<(typeof kinds)[KindName]['list']>> = await kinds[kind].list(look, next);
    all.push(...page.entries);
    next = page.next;
  } while (next !== undefined);
  return all;
}

/** What is gone already is gone. */
export async function removeTwice(look: Look, found: Found): Promise<void> {
  const remove = () => kinds[found.kind].remove(look, found);
  expect([await remove(), await remove()]).toEqual([{ state: 'gone' }, { state: 'gone' }]);
}
