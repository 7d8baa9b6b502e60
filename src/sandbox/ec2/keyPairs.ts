import { createHash, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { ownOf, type Ec2, type Ec2Handlers } from './ec2.ts';
import { filtered } from './filters.ts';
import { freshId } from './ids.ts';
import { keyPairExists, missing, noSuchKeyPair } from './refusals.ts';
import { keyOf, type KeyPair } from './state.ts';
import { putTags, readSpecifications, tagsOf } from './tagList.ts';

const generate = promisify(generateKeyPair);

export const keyPairHandlers = (ec2: Ec2): Ec2Handlers => ({
  async CreateKeyPair({ KeyName, KeyType = 'rsa', TagSpecifications }, call) {
    const { account, region } = call;
    const key = keyOf(call, KeyName);
    const tags = readSpecifications(TagSpecifications, ['key-pair'])('key-pair');
    if (ec2.state.keyPairs.has(key)) throw keyPairExists(KeyName);
    const { privateKey } =
      KeyType === 'rsa' ? await generate('rsa', { modulusLength: 2048 }) : await generate('ed25519');
    // Another request may have taken the name meanwhile.
    if (ec2.state.keyPairs.has(key)) throw keyPairExists(KeyName);
    const id = freshId(ec2.world, 'key');
    const fingerprint = fingerprintOf(privateKey);
    const created = ec2.world.clock.now();
    ec2.state.keyPairs.set(key, { account, region, id, name: KeyName, fingerprint, type: KeyType, created });
    putTags(ec2.state, id, tags);
    ec2.world.changed();
    const KeyMaterial = privateKey.export({ type: KeyType === 'rsa' ? 'pkcs1' : 'pkcs8', format: 'pem' }).toString();
    const Tags = tagsOf(ec2.state, id);
    return { KeyPairId: id, KeyName, KeyFingerprint: fingerprint, KeyMaterial, Tags };
  },
  DeleteKeyPair({ KeyName, KeyPairId }, call) {
    if (KeyName === undefined && KeyPairId === undefined) throw missing('KeyName');
    const pair = ownOf(ec2.state.keyPairs, call).find(({ id, name }) => name === KeyName || id === KeyPairId);
    if (pair === undefined) return { Return: true };
    ec2.state.keyPairs.delete(keyOf(call, pair.name));
    ec2.state.tags.delete(pair.id);
    ec2.world.changed();
    return { Return: true, KeyPairId: pair.id };
  },
  DescribeKeyPairs({ KeyNames = [], KeyPairIds = [], Filters }, call) {
    const all = ownOf(ec2.state.keyPairs, call);
    const unknown =
      KeyNames.find((wanted) => !all.some(({ name }) => name === wanted)) ??
      KeyPairIds.find((wanted) => !all.some(({ id }) => id === wanted));
    if (unknown !== undefined) throw noSuchKeyPair(unknown);
    const asked = all.filter(
      ({ name, id }) => KeyNames.length + KeyPairIds.length === 0 || KeyNames.includes(name) || KeyPairIds.includes(id),
    );
    const found = filtered(asked, Filters, { facts, tagsOf: ({ id }) => ec2.state.tags.get(id) });
    const KeyPairs = found.map(({ id, name, fingerprint, type, created }) => ({
      KeyPairId: id,
      KeyName: name,
      KeyFingerprint: fingerprint,
      KeyType: type,
      CreateTime: new Date(created),
      Tags: tagsOf(ec2.state, id),
    }));
    return { KeyPairs };
  },
});

/** As AWS says it of keys that it made. */
function fingerprintOf(key: KeyObject): string {
  const digest = createHash('sha1')
    .update(key.export({ type: 'pkcs8', format: 'der' }))
    .digest('hex');
  return digest.match(/../g)?.join(':') ?? digest;
}

const facts = {
  'key-name': ({ name }: KeyPair) => name,
  'key-pair-id': ({ id }: KeyPair) => id,
  fingerprint: ({ fingerprint }: KeyPair) => fingerprint,
};
