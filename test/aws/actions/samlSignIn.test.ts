// Providers and roles made by hand in the sandbox: an assertion of its identity provider takes the role they trust.
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createSamlProvider,
  findSamlProvider,
  metadataOf,
  updateSamlProvider,
} from '../../../src/aws/actions/samlProvider.ts';
import { createSamlRole } from '../../../src/aws/actions/samlRole.ts';
import { trustPolicyText } from '../../../src/aws/actions/samlTrust.ts';
import { kinds } from '../../../src/aws/resources/kinds.ts';
import { signInUrl } from '../../../src/saml/message/buildMetadata.ts';
import { keyPair } from '../../saml/keys.ts';
import { adfs } from '../../saml/samples.ts';
import { openBench, type ActionBench } from './openBench.ts';

let bench: ActionBench;
beforeAll(async () => void (bench = await openBench()));
afterAll(() => bench.stop());

const idp = () => bench.target.identityProvider ?? expect.fail('the sandbox has one');

async function signIn(role: string, provider: string, region: string) {
  const { samlResponse } = await idp().signIn({ user: 'ann', to: { kind: 'aws', region } });
  const input = { RoleArn: role, PrincipalArn: provider, SAMLAssertion: samlResponse };
  return bench.target.send('sts.AssumeRoleWithSAML', input);
}

test('a provider, and a role that trusts it in the regions that were chosen', async () => {
  const provider = await createSamlProvider(bench, 'Sandbox', await idp().metadata());
  expect(provider.arn).toBe(`arn:aws:iam::${bench.target.account}:saml-provider/Sandbox`);
  const recipients = ['us-east-1', 'eu-central-1'].map(signInUrl);
  const trust = trustPolicyText({ providerArn: provider.ref, recipients });
  const role = await createSamlRole(bench, {
    name: 'Readers',
    trust,
    maxSessionSeconds: 7200,
    policy: 'ReadOnlyAccess',
  });
  const described = await kinds.role.describe(bench, role);
  expect(described?.facts).toMatchObject({ MaxSessionDuration: 7200, AssumeRolePolicyDocument: trust });
  for (const region of ['us-east-1', 'eu-central-1']) {
    const session = await signIn(role.arn ?? '', provider.ref, region);
    expect(session.AssumedRoleUser?.Arn).toContain(':assumed-role/Readers/ann@example.com');
  }
  await expect(signIn(role.arn ?? '', provider.ref, 'eu-west-1')).rejects.toMatchObject({ code: 'AccessDenied' });
  expect(await kinds.role.remove(bench, role)).toEqual({ state: 'gone' });
  expect(await kinds.samlProvider.remove(bench, provider)).toEqual({ state: 'gone' });
});

test('what is there is left as it is, and said; metadata is replaced only on purpose', async () => {
  const first = adfs({ signing: keyPair().certificate });
  const next = adfs({ signing: keyPair({ name: 'next' }).certificate });
  const provider = await createSamlProvider(bench, 'ADFS', first);
  await expect(createSamlProvider(bench, 'ADFS', next)).rejects.toThrow(/already exists/);
  expect(await metadataOf(bench, provider.ref)).toBe(first);
  await updateSamlProvider(bench, provider.ref, next);
  expect(await metadataOf(bench, provider.ref)).toBe(next);
  const wish = { name: 'Twice', maxSessionSeconds: 3600, trust: trustOf(provider.ref) };
  await createSamlRole(bench, wish);
  await expect(createSamlRole(bench, wish)).rejects.toThrow(/here already/);
  await expect(createSamlRole(bench, { ...wish, name: 'a b' })).rejects.toThrow(/letters/);
});

test('a call whose answer is lost is settled by looking; a refusal is not', async () => {
  const fault = (kind: string, operation: string) =>
    bench.sandbox.admin('faults', { rules: [{ operation, kind, times: 1 }] });
  await fault('drop-after', 'iam.CreateSAMLProvider');
  expect((await createSamlProvider(bench, 'Lost', await idp().metadata())).name).toBe('Lost');
  await fault('drop-before', 'iam.CreateSAMLProvider');
  await expect(createSamlProvider(bench, 'Never', await idp().metadata())).rejects.toMatchObject({ kind: 'network' });
  expect(await findSamlProvider(bench, 'Never')).toBeUndefined();
  await expect(createSamlProvider(bench, 'Bad', 'x'.repeat(1000))).rejects.toThrow('Could not parse metadata');
});

test('a role whose policy could not be attached is told as made', async () => {
  await bench.sandbox.admin('faults', {
    rules: [{ operation: 'iam.AttachRolePolicy', kind: 'error', code: 'AccessDenied', status: 403 }],
  });
  const wish = { name: 'Bare', maxSessionSeconds: 3600, trust: trustOf('arn:aws:iam::123456789012:saml-provider/X') };
  await expect(createSamlRole(bench, { ...wish, policy: 'ReadOnlyAccess' })).rejects.toThrow(/Bare was created/);
  expect(await kinds.role.find(bench, { name: 'Bare' })).toBeDefined();
});

const trustOf = (providerArn: string): string =>
  trustPolicyText({ providerArn, recipients: ['https://signin.aws.amazon.com/saml'] });
