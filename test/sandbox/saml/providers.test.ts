// SAML providers of IAM: made, described, changed, tagged, removed; and what IAM says to metadata that it does not take.
import * as iamSdk from '@aws-sdk/client-iam';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awsSpMetadata } from '../../../src/saml/message/buildMetadata.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';

let sandbox: TestSandbox;
let iam: iamSdk.IAMClient;
let metadata: string;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  iam = sandbox.client(iamSdk.IAMClient);
  ({ metadata } = (await sandbox.admin('idp/metadata')) as { metadata: string });
});
afterAll(() => sandbox.stop());

const create = (Name: string, more: Partial<iamSdk.CreateSAMLProviderCommandInput> = {}) =>
  iam.send(new iamSdk.CreateSAMLProviderCommand({ Name, SAMLMetadataDocument: metadata, ...more }));
const get = (SAMLProviderArn: string) => iam.send(new iamSdk.GetSAMLProviderCommand({ SAMLProviderArn }));
const refused = (answer: Promise<unknown>, name: string, status: number, message: string | RegExp) =>
  expect(answer).rejects.toMatchObject({
    name,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
    $metadata: { httpStatusCode: status },
  });

const keyPem = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

test('a provider is described, tagged, and gone when it was removed', async () => {
  const { SAMLProviderArn = '', Tags } = await create('Company', { Tags: [{ Key: 'team', Value: 'a' }] });
  expect(SAMLProviderArn).toBe('arn:aws:iam::123456789012:saml-provider/Company');
  expect(Tags).toEqual([{ Key: 'team', Value: 'a' }]);
  const told = await get(SAMLProviderArn);
  expect(told).toMatchObject({ SAMLMetadataDocument: metadata, Tags: [{ Key: 'team', Value: 'a' }] });
  expect(told.SAMLProviderUUID).toMatch(/^[A-Z0-9]{22,64}$/);
  expect(told.ValidUntil?.getUTCFullYear()).toBe(new Date().getUTCFullYear() + 100);
  await iam.send(new iamSdk.TagSAMLProviderCommand({ SAMLProviderArn, Tags: [{ Key: 'x', Value: '1' }] }));
  await iam.send(new iamSdk.UntagSAMLProviderCommand({ SAMLProviderArn, TagKeys: ['team'] }));
  const tags = await iam.send(new iamSdk.ListSAMLProviderTagsCommand({ SAMLProviderArn }));
  expect(tags.Tags).toEqual([{ Key: 'x', Value: '1' }]);
  await refused(create('Company'), 'EntityAlreadyExistsException', 409, /already exists/);
  const { resources } = (await sandbox.admin('state')) as { resources: { type: string; name: string }[] };
  expect(resources).toContainEqual(expect.objectContaining({ type: 'samlProvider', name: 'Company' }));
  await iam.send(new iamSdk.DeleteSAMLProviderCommand({ SAMLProviderArn }));
  await refused(get(SAMLProviderArn), 'NoSuchEntityException', 404, `Manifest not found for arn ${SAMLProviderArn}`);
});

test('metadata that IAM does not take', async () => {
  const parse = 'Could not parse metadata';
  const invalid = (SAMLMetadataDocument: string) =>
    refused(create('Bad', { SAMLMetadataDocument }), 'InvalidInputException', 400, parse);
  await invalid('a'.repeat(1024));
  await invalid(`\uFEFF${metadata}`);
  await invalid(`<!DOCTYPE x [<!ENTITY e "e">]>${metadata.replace(/^<\?xml.*\?>/, '')}`);
  await invalid(awsSpMetadata(['us-east-1', 'eu-west-1', 'eu-central-1']));
  await invalid(metadata.replaceAll('use="signing"', 'use="encryption"'));
  const short =
    "Value at 'sAMLMetadataDocument' failed to satisfy constraint: Member must have length greater than or equal to 1000";
  await refused(
    create('Bad', { SAMLMetadataDocument: '<x/>' }),
    'ValidationError',
    400,
    `1 validation error detected: ${short}`,
  );
  await refused(create('a b'), 'ValidationError', 400, /at 'name'/);
});

test('keys for encrypted assertions', async () => {
  const { SAMLProviderArn = '' } = await create('Encrypted');
  const update = (more: Partial<iamSdk.UpdateSAMLProviderCommandInput>) =>
    iam.send(new iamSdk.UpdateSAMLProviderCommand({ SAMLProviderArn, ...more }));
  const invalid = (more: Partial<iamSdk.UpdateSAMLProviderCommandInput>, message: string) =>
    refused(update(more), 'InvalidInputException', 400, message);
  await invalid({}, 'Unable to update identity provider. No updates are defined for metadata or encryption assertion.');
  await invalid({ AddPrivateKey: 'nonsense' }, 'Invalid private key.');
  const none = 'Unable to set assertion encryption mode to Required because no private key is provided.';
  await invalid({ AssertionEncryptionMode: 'Required' }, none);
  await update({ AddPrivateKey: keyPem(), AssertionEncryptionMode: 'Required' });
  await update({ AddPrivateKey: keyPem() });
  await refused(
    update({ AddPrivateKey: keyPem() }),
    'LimitExceededException',
    409,
    'Private key limit of 2 is reached.',
  );
  const told = await get(SAMLProviderArn);
  expect(told).toMatchObject({ AssertionEncryptionMode: 'Required' });
  const [first, second] = told.PrivateKeyList ?? [];
  const both =
    'Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.';
  await invalid({ AddPrivateKey: keyPem(), RemovePrivateKey: first?.KeyId }, both);
  await update({ RemovePrivateKey: first?.KeyId });
  const gone = 'Failed to remove private key because the Key ID does not match a private key.';
  await invalid({ RemovePrivateKey: first?.KeyId }, gone);
  await invalid({ RemovePrivateKey: second?.KeyId }, 'Failed to remove private key.');
  await update({ RemovePrivateKey: second?.KeyId, AssertionEncryptionMode: 'Allowed' });
  expect((await get(SAMLProviderArn)).PrivateKeyList).toBeUndefined();
});

test('all is kept over a restart', async () => {
  const { SAMLProviderArn = '' } = await create('Kept');
  const saved = structuredClone(sandbox.sandbox.save());
  const second = await startTestSandbox({ saved, credentials: sandbox.credentials });
  const told = await second.client(iamSdk.IAMClient).send(new iamSdk.GetSAMLProviderCommand({ SAMLProviderArn }));
  expect(told.SAMLMetadataDocument).toBe(metadata);
  expect(((await second.admin('idp')) as { certificates: { current: string } }).certificates.current).toBe(
    ((await sandbox.admin('idp')) as { certificates: { current: string } }).certificates.current,
  );
  await second.stop();
});
