// How long it takes, in figures: nothing fails here on time but what would hang.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { signXml } from '../../src/saml/message/signXml.ts';
import { validate } from '../../src/saml/validate.ts';
import { keyPair, now } from './keys.ts';
import { adfs, aggregate, shibboleth } from './samples.ts';

setFlagsFromString('--expose_gc');
const collect: () => void = runInNewContext('gc');

const key = keyPair();
const id = '_5c6f2b7e-0d5a-4f0c-9a44-0d5e5fb4f1a7';

function median(text: string, times: number): number {
  const all = Array.from({ length: times }, () => {
    const start = performance.now();
    validate(text, { now });
    return performance.now() - start;
  });
  return all.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

/** As AD FS with many claims writes it. */
function large(bytes: number): string {
  const text = adfs({ signing: key.certificate });
  const claim = /<auth:ClaimType.*?<\/auth:ClaimType>/.exec(text)?.[0] ?? '';
  return text.replace(claim, claim.repeat(Math.ceil((bytes - text.length) / claim.length)));
}

test('70 KB of AD FS, signed', () => {
  const text = signXml(large(66_000), { id, key });
  expect(validate(text, { now })).toMatchObject({ schema: 'valid', signature: 'valid' });
  console.info(
    `${(text.length / 1024).toFixed(0)} KB of AD FS: ${median(text, 15).toFixed(1)} ms; reformatted: ${median(text.replace(/></g, '>\n<'), 9).toFixed(1)} ms`,
  );
}, 60_000);

test('2 MB of a federation, signed', () => {
  const entity = shibboleth({ signing: key.certificate });
  const count = Math.ceil((2 * 1024 * 1024) / entity.length);
  const plain = aggregate(
    Array.from({ length: count }, (_, n) => entity.replaceAll('idp.example.edu', `idp${n}.example.edu`)),
  );
  const text = signXml(plain, { id: '_aggregate', key });
  expect(validate(text, { now })).toMatchObject({ schema: 'valid', signature: 'valid' });
  console.info(
    `${(text.length / 1024 / 1024).toFixed(1)} MB, ${count} entities: ${median(text, 3).toFixed(0)} ms signed, ${median(plain, 3).toFixed(0)} ms unsigned`,
  );
}, 60_000);

test.each([
  ['many attributes', `<a ${Array.from({ length: 50_000 }, (_, n) => `a${n}="x"`).join(' ')}/>`],
  [
    'many namespaces',
    `<a ${Array.from({ length: 20_000 }, (_, n) => `xmlns:n${n}="u"`).join(' ')}>${'<n1:b/>'.repeat(5000)}</a>`,
  ],
  [
    'many children out of order',
    `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x">${'<md:ContactPerson contactType="other"/><md:SPSSODescriptor protocolSupportEnumeration="x"/>'.repeat(10_000)}</md:EntityDescriptor>`,
  ],
  ['a long comment', `<a><!--${' -'.repeat(500_000)}--></a>`],
  ['a long value', `<a b="${'&#65;'.repeat(200_000)}"/>`],
  [
    'a long address',
    `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="http://${'a%41:@'.repeat(100_000)}\\"/>`,
  ],
  ['many text pieces', `<a>${'x<!---->'.repeat(100_000)}</a>`],
  ['an open DOCTYPE', `<!DOCTYPE ${'a '.repeat(200_000)}`],
  ['open comments', `${'<!--'.repeat(200_000)}`],
  ['blanks before', `${' '.repeat(100_000)}<a/>`],
  ['comments before', `${'<!-- x -->'.repeat(20_000)}<a/>`],
  ['many IDs', `<a>${Array.from({ length: 50_000 }, (_, n) => `<b ID="i${n}"/>`).join('')}</a>`],
])(
  'trap: %s',
  (name, text) => {
    const start = performance.now();
    validate(text, { now });
    const took = performance.now() - start;
    console.info(`${name}: ${took.toFixed(0)} ms`);
    expect(took).toBeLessThan(20_000);
  },
  60_000,
);

test('memory after 1,000 runs', () => {
  const text = adfs({ signing: key.certificate });
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  for (let n = 0; n < 50; n += 1) validate(text, { now });
  const before = used();
  for (let n = 0; n < 1000; n += 1) validate(text, { now });
  console.info(`heap before ${before.toFixed(1)} MB, after ${used().toFixed(1)} MB`);
}, 60_000);
