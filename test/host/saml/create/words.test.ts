// What is said and offered before anything is made: the verdict, attribute mappings, claim rules as a script.
import { expect, test } from 'vitest';
import { announcedIn, mappingOffers, readMapping } from '../../../../src/host/saml/create/attributeMapping.ts';
import { claimRulesScript, trapInClaimRules } from '../../../../src/host/saml/create/claimRulesScript.ts';
import { verdictOf } from '../../../../src/host/saml/create/verdict.ts';
import { adfsClaimRules } from '../../../../src/saml/message/adfsClaimRules.ts';
import { awsSpMetadata } from '../../../../src/saml/message/buildMetadata.ts';
import { validate } from '../../../../src/saml/validate.ts';
import { keyPair, now } from '../../../saml/keys.ts';
import { adfs, entra, okta } from '../../../saml/samples.ts';

const signing = keyPair().certificate;
const findings = (text: string) => validate(text, { now }).findings;

test('what AWS takes and what it would refuse, with rules and places', () => {
  expect(verdictOf(findings(adfs({ signing })), 'iam')).toMatchObject({ refused: false });
  const wrongFile = verdictOf(findings(awsSpMetadata(['us-east-1'])), 'iam');
  expect(wrongFile.refused).toBe(true);
  expect(wrongFile.sentence).toMatch(/^IAM would refuse this metadata: \d errors?\.$/);
  expect(wrongFile.lines.join('\n')).toMatch(/R10, line \d+, column \d+: This is the metadata of a service provider/);
  const expired = okta({ signing: keyPair({ to: '2026-02-01' }).certificate });
  expect(verdictOf(findings(expired), 'iam').sentence).toMatch(/^IAM takes this metadata, with \d warning/);
  expect(verdictOf(findings(expired), 'cognito').lines.join('\n')).toContain('R15');
});

test('a rule that does not hold for the way it is sent is left out', () => {
  const long = adfs({ signing }).replace('<ContactPerson', `<!--${'x'.repeat(131_072)}--><ContactPerson`);
  expect(verdictOf(findings(long), 'cognito').lines.join('\n')).toContain('R34');
  expect(verdictOf(findings(long), 'cognito', ['R34']).refused).toBe(false);
});

test('attributes that the metadata announces come first, then the usual claims', () => {
  const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/';
  const announced = announcedIn(adfs({ signing }));
  expect(announced).toContain(`${claims}emailaddress`);
  const offers = mappingOffers(announced, ['email', 'given_name', 'family_name', 'custom:role', 'zoneinfo']);
  expect(offers).toEqual([
    { to: 'email', from: { name: `${claims}emailaddress`, announced: true } },
    { to: 'given_name', from: { name: `${claims}givenname`, announced: true } },
    { to: 'family_name', from: { name: `${claims}surname`, announced: false } },
    { to: 'custom:role', from: { name: `${claims}role`, announced: true } },
  ]);
  expect(announcedIn(entra({ signing }))).toEqual([]);
  expect(announcedIn('<not xml')).toEqual([]);
});

test('mappings as they are typed', () => {
  expect(readMapping(' email=mail, custom:team=urn:x=y ')).toEqual({ email: 'mail', 'custom:team': 'urn:x=y' });
  for (const wrong of ['email', '=mail', `${'x'.repeat(33)}=mail`])
    expect(readMapping(wrong)).toContain('attribute=name');
});

test('the script holds the rules as they are, and warns of the trap', () => {
  const rules = adfsClaimRules({ providerName: 'ADFS' });
  const script = claimRulesScript(rules, 'aws-cn');
  expect(script).toContain(`$rules = @'\n${rules.trimEnd()}\n'@\n`);
  expect(script).toContain('[^d]{12}');
  expect(script).toContain('signin.amazonaws.cn');
  expect(rules).not.toContain('[^d]');
  expect(trapInClaimRules).toContain('[^d]{12}');
});
