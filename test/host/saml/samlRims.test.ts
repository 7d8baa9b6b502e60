// What the editor shows of metadata, without an editor: detection, hovers, fixes, all that one text gives.
import { describe, expect, it } from 'vitest';
import { mendsAt } from '../../../src/host/saml/fixes.ts';
import { isPageInstead, looksLikeMetadata } from '../../../src/host/saml/looksLikeMetadata.ts';
import { codeSpan, markdownOf, validityOf } from '../../../src/host/saml/samlHovers.ts';
import { shownText } from '../../../src/host/shownText.ts';
import { judgeText } from '../../../src/host/saml/samlWork.ts';
import { findingsFor } from '../../../src/saml/finding.ts';
import { keyPair, now } from '../../saml/keys.ts';
import { adfs, aggregate, okta } from '../../saml/samples.ts';

const signing = keyPair().certificate;
const judge = (text: string) => judgeText({ text, options: { now } });

describe('detection', () => {
  it.each([
    '<EntityDescriptor xmlns="x"/>',
    '\uFEFF<?xml version="1.0"?>\n<!-- <other> -->\n<md:EntityDescriptor\n',
    '<!DOCTYPE a [<!ENTITY b "c">]><m:entitydescriptor>',
    '<EntitiesDescriptor',
  ])('takes %j', (text) => expect(looksLikeMetadata(text)).toBe(true));

  it.each([
    '',
    '<',
    '<project/>',
    '<a><EntityDescriptor/></a>',
    '<!-- <EntityDescriptor -->',
    '<?xml',
    'EntityDescriptor',
  ])('leaves %j', (text) => expect(looksLikeMetadata(text)).toBe(false));

  it('is quick whatever stands at the beginning', () => {
    const began = performance.now();
    looksLikeMetadata('<?a?>'.repeat(100_000));
    looksLikeMetadata('<!--'.repeat(100_000));
    looksLikeMetadata(' '.repeat(10_000_000));
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('sees a page that was saved instead', () => {
    expect(isPageInstead('/a/FederationMetadata.xml', '\n<!DOCTYPE html><html>')).toBe(true);
    expect(isPageInstead('/a/page.xml', '<!DOCTYPE html><html>')).toBe(false);
  });
});

describe('hovers', () => {
  const at = (text: string, word: string) => {
    const offset = text.indexOf(word);
    return judge(text).hovers.findLast(({ start, end }) => start <= offset && offset < end) ?? expect.fail('no hover');
  };

  it('tell a certificate by what people compare', () => {
    const text = okta({ signing });
    const shown = markdownOf(at(text, signing.slice(0, 40)));
    expect(shown).toMatch(/\*\*The certificate that responses are verified with\*\*/);
    expect(shown).toMatch(/Subject: ` CN=/);
    expect(shown).toMatch(/SHA-1: ` [0-9A-F]{40} `/);
    expect(shown).toMatch(/SHA-256: ` [0-9A-F]{64} `/);
    expect(shown).toMatch(/Key: ` RSA 2048 `/);
    expect(shown).toMatch(/days left/);
  });

  it('tell what AD FS calls the entityID, and bindings in words', () => {
    const text = adfs({ signing });
    expect(markdownOf(at(text, 'http://sts.example.com/adfs/services/trust'))).toContain(
      'Federation Service Identifier',
    );
    expect(markdownOf(at(text, '<SingleSignOnService'))).toContain('browser');
  });

  it('hold nothing that is Markdown or turns the text round', () => {
    const name = '`` [x](command:y) ``` <img src=x> \u202Eabc\n\n# h $(bug) ';
    const span = codeSpan(name);
    expect(span).toBe('```` `` [x](command:y) ``` <img src=x>  abc # h $(bug) ````');
    expect(span.split('\n')).toHaveLength(1);
    const text = okta({ signing }).replace(/entityID="[^"]*"/, 'entityID="https://a/`[x](command:y)"');
    expect(markdownOf(at(text, 'https://a/`'))).toContain('`` https://a/`[x](command:y) ``');
    expect(shownText('a'.repeat(1000), 10)).toBe(`${'a'.repeat(9)}…`);
  });

  it('say when', () => {
    const day = 86_400_000;
    expect(validityOf({ validFrom: now - day, validTo: now + 3 * day }, now)).toMatch(/, 3 days left$/);
    expect(validityOf({ validFrom: now - day, validTo: now - day }, now)).toMatch(/, expired 1 days ago$/);
    expect(validityOf({ validFrom: now + day, validTo: now + 9 * day }, now)).toMatch(/not valid yet$/);
    expect(validityOf({ validFrom: NaN, validTo: now }, now)).toBe('not readable');
  });
});

describe('fixes', () => {
  const spoilt = okta({ signing }).replaceAll('Location="https:', 'Location="http:');

  it('are offered where the finding is, and for all of a kind', () => {
    const findings = findingsFor(judge(spoilt).findings, 'iam');
    const finding = findings.find(({ fix }) => fix?.title.includes('https')) ?? expect.fail('no fix');
    const mends = mendsAt(findings, { start: finding.range.start, end: finding.range.start });
    const all = mends.find(({ single }) => !single) ?? expect.fail('nothing for all');
    const mended = [...all.edits]
      .toSorted((a, b) => b.start - a.start)
      .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), spoilt);
    expect(mended).toBe(okta({ signing }));
    expect(mendsAt(findings, { start: 0, end: 0 })).toEqual([]);
  });
});

describe('one text', () => {
  it('gives outline, certificates and folds', () => {
    const judged = judge(okta({ signing }).replaceAll('><', '>\n<'));
    expect(judged.outline?.name).toBe('EntityDescriptor');
    expect(judged.certificates.map(({ signsResponses }) => signsResponses)).toEqual([true]);
    expect(judged.folds[0]?.[0]).toBe(1);
    for (const [start, end] of judged.folds) expect(end).toBeGreaterThan(start);
    expect(judge(okta({ signing }).replaceAll('\n', '')).folds).toEqual([]);
  });

  it('of AD FS size is judged within 50 ms, and 2 MB in one line about as fast as they are read', () => {
    const small = adfs({ signing });
    judge(small);
    const entity = okta({ signing }).replace(/^<\?xml[^>]*>\s*/, '');
    const count = Math.ceil(2_000_000 / entity.length);
    const entities = Array.from({ length: count }, (_, at) => entity.replace(/entityID="/, `entityID="https://${at}.`));
    const long = aggregate(entities).replaceAll('\n', '');
    const took = (text: string) => {
      const began = performance.now();
      judge(text);
      return performance.now() - began;
    };
    const times = [
      Math.min(...Array.from({ length: 5 }, () => took(small))),
      Math.min(took(long), took(long), took(long)),
    ];
    console.log(
      `${small.length} characters ${times[0]?.toFixed(1)} ms, ${long.length} characters ${times[1]?.toFixed(0)} ms`,
    );
    expect(times[0]).toBeLessThan(50);
    // A quarter of a second where nothing else runs.
    expect(times[1]).toBeLessThan(2000);
  });

  it('is plain data, a fraction of the document', () => {
    const text = aggregate(Array.from({ length: 50 }, () => okta({ signing })));
    expect(JSON.stringify(judge(text)).length).toBeLessThan(5 * text.length);
  });

  it('gives sentences for what is no metadata', () => {
    expect(judge('').findings[0]?.message).toBe('The file is empty.');
    expect(judge('<!DOCTYPE html><html>').findings[0]?.message).toContain('web page');
    expect(judge('<EntityDescriptor><').outline).toBeUndefined();
    expect(judge('a'.repeat(33 * 1024 * 1024)).findings[0]?.message).toContain('33 MB');
  });
});
