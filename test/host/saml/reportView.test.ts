// The report's view: what AWS would answer, certificates in time, what is new.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reportView } from '../../../src/host/saml/reportView.ts';
import { judgeText } from '../../../src/host/saml/samlWork.ts';
import { keyPair, now } from '../../saml/keys.ts';
import { aggregate, okta } from '../../saml/samples.ts';

const signing = keyPair().certificate;
const judge = (text: string) => judgeText({ text, options: { now } });
const view = (text: string) =>
  reportView({ file: 'a.xml', judged: judge(text), profile: 'iam', profileLabel: 'IAM', now });

test('good metadata: both take it', () => {
  const { answers, certificates, entityID, groups, roles, span } = view(okta({ signing }));
  expect(answers.map(({ accepts, says }) => [accepts, says])).toEqual([
    [true, []],
    [true, []],
  ]);
  expect(certificates).toMatchObject([{ state: 'valid', use: 'verifies responses', key: 'RSA 2048' }]);
  expect(span.from).toBeLessThan(now);
  expect(span.to).toBeGreaterThan(now);
  expect(entityID).toMatch(/^http/);
  expect(groups.map(({ severity }) => severity)).not.toContain('error');
  expect(roles[0]?.endpoints.length).toBeGreaterThan(0);
});

test('broken metadata: what AWS says, where it is', () => {
  const { answers, groups } = view('<EntityDescriptor');
  expect(answers[0]).toMatchObject({ accepts: false });
  expect(answers[0]?.says[0]).toContain('“Could not parse metadata.”');
  expect(groups[0]).toMatchObject({ severity: 'error', title: 'Errors (1)', findings: [{ rule: 'R1', line: 1 }] });
});

test('a signature that does not hold: what was done to the file, as the finding says it', () => {
  const reformatted = readFileSync('labs/saml/files/adfs-reformatted.xml', 'utf8');
  expect(view(reformatted).signature).toMatchObject({ state: 'invalid' });
  expect(view(reformatted).signature.words).toContain('broken by reformatting');
});

test('compared with an older file', () => {
  const next = okta({ signing: keyPair({ name: 'next' }).certificate });
  const description = judge(okta({ signing })).description ?? expect.fail('no description');
  const { comparison } = reportView({
    file: 'b.xml',
    judged: judge(next),
    profile: 'any',
    profileLabel: 'Anybody',
    now,
    before: { file: 'a.xml', description },
  });
  expect(comparison?.sentence).toContain('replaced');
  expect(comparison?.changes.map(({ kind }) => kind)).toEqual(['added', 'removed']);
});

test('many entities are cut short', () => {
  const { moreEntities, roles } = view(aggregate(Array.from({ length: 30 }, () => okta({ signing }))));
  expect(moreEntities).toBe(10);
  expect(roles).toHaveLength(20);
});
