// What a service demands of a verified assertion: issuer, subject, audience, time, and for IAM the attributes of AWS.
import type { Findings } from '../finding.ts';
import { childOf, type Element, type Range } from '../xml/document.ts';
import { namespaces } from '../xml/namespaces.ts';
import type { AssertionFacts } from './assertion.ts';
import { awsAttributeRules } from './awsAttributes.ts';
import type { CheckOptions } from './checkResponse.ts';

const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

export function checkAssertion(
  facts: AssertionFacts,
  element: Element,
  options: CheckOptions,
  findings: Findings,
): void {
  const place = (local: string): Range => (childOf(element, namespaces.saml, local) ?? element).nameRange;
  issuerRule(facts, place('Issuer'), options, findings);
  subjectRules(facts, place('Subject'), options, findings);
  audienceRule(facts, place('Conditions'), options, findings);
  timeRules(facts, place('Conditions'), options, findings);
  initiativeRules(facts, element.nameRange, options, findings);
  asideRule(element, findings);
  if (options.provider === 'iam') awsAttributeRules(facts, element.nameRange, findings);
}

function issuerRule({ issuer }: AssertionFacts, range: Range, { trust }: CheckOptions, findings: Findings): void {
  if (trust.entityID !== undefined && issuer !== trust.entityID)
    findings.error('R42', range, `The Issuer is ${shown(issuer)}; the provider is ${shown(trust.entityID)}.`);
}

function subjectRules(
  { nameId, confirmations }: AssertionFacts,
  range: Range,
  options: CheckOptions,
  findings: Findings,
): void {
  const { recipient } = options;
  if (nameId === undefined || nameId.value === '') findings.error('R43', range, 'The Subject has no NameID.');
  const bearers = confirmations.filter(({ method }) => method === bearer);
  const [first] = bearers;
  if (!first) return findings.error('R43', range, 'The Subject has no bearer confirmation.');
  if (first.recipient === undefined)
    findings.error('R43', first.element.nameRange, 'The confirmation has no Recipient.');
  else if (recipient && !bearers.some((one) => recipient.includes(one.recipient ?? '')))
    findings.error(
      'R43',
      first.element.nameRange,
      `The Recipient is ${shown(first.recipient)}; it should be ${recipient.map(shown).join(' or ')}.`,
    );
  if (first.notOnOrAfter === undefined)
    findings.error('R43', first.element.nameRange, 'The confirmation has no NotOnOrAfter.');
}

function audienceRule(
  { audiences }: AssertionFacts,
  range: Range,
  { audience, recipient }: CheckOptions,
  findings: Findings,
): void {
  if (audiences.length === 0) return findings.error('R44', range, 'There is no AudienceRestriction.');
  if (!audience) return;
  const accepted = [...audience, ...(recipient ?? [])];
  if (!audiences.some((one) => accepted.includes(one)))
    findings.error(
      'R44',
      range,
      `The audience is ${audiences.map(shown).join(', ')}; it should be ${audience.map(shown).join(' or ')}.`,
    );
}

function timeRules(
  facts: AssertionFacts,
  range: Range,
  { now, skewSeconds = 60 }: CheckOptions,
  findings: Findings,
): void {
  const skew = skewSeconds * 1000;
  const give = `(clocks may differ by ${skewSeconds} s)`;
  const time = (at: number) => new Date(at).toISOString();
  const starts = Math.max(
    ...[facts.notBefore, ...facts.confirmations.map(({ notBefore }) => notBefore)].filter((one) => one !== undefined),
    -Infinity,
  );
  const ends = Math.min(
    ...[facts.notOnOrAfter, facts.confirmations[0]?.notOnOrAfter].filter((one) => one !== undefined),
    Infinity,
  );
  if (starts > now + skew)
    findings.error('R45', range, `The assertion is not valid before ${time(starts)}; it is ${time(now)} ${give}.`);
  if (ends <= now - skew)
    findings.error('R45', range, `The assertion was valid until ${time(ends)}; it is ${time(now)} ${give}.`);
  if (facts.sessionNotOnOrAfter !== undefined && facts.sessionNotOnOrAfter <= now - skew)
    findings.error('R45', range, `The session was over at ${time(facts.sessionNotOnOrAfter)}.`);
}

function initiativeRules(facts: AssertionFacts, range: Range, options: CheckOptions, findings: Findings): void {
  const { inResponseTo, seen, now, provider, skewSeconds = 60 } = options;
  if (seen?.(facts.id)) findings.error('R51', range, 'This assertion has been used before: an assertion counts once.');
  if (typeof inResponseTo === 'string' && facts.inResponseTo !== inResponseTo)
    findings.error(
      'R51',
      range,
      `The assertion answers ${shown(facts.inResponseTo ?? 'no request')}, not the request that was sent.`,
    );
  if (inResponseTo !== null) return;
  if (facts.inResponseTo !== undefined)
    findings.error('R51', range, 'The assertion answers a request, but none was sent.');
  const age = now - (facts.issued ?? 0);
  if (provider === 'cognito' && age > 6 * 60_000 + skewSeconds * 1000)
    findings.error('R51', range, 'The assertion nobody asked for is older than six minutes.');
}

function asideRule(element: Element, findings: Findings): void {
  const subject = childOf(element, namespaces.saml, 'Subject');
  const nameId = subject && childOf(subject, namespaces.saml, 'NameID');
  const aside = nameId?.children.find(({ kind }) => kind !== 'text');
  if (aside)
    findings.warn(
      'R29',
      aside,
      'A comment stands inside NameID. It is read as if it were not there; careless readers stop at it.',
    );
}

const shown = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}...` : text);
