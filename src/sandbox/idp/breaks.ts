// What one can break in a response, so as to see who notices, and what AWS says to it.
import type { ResponseWish } from '../../saml/message/buildResponse.ts';
import { escapeXml } from '../../saml/xml/escapeXml.ts';

export type BreakId = 'audience' | 'recipient' | 'time' | 'altered' | 'other-key' | 'wrapped' | 'comment' | 'no-role';

export interface Break {
  readonly id: BreakId;
  readonly title: string;
  /** What is done, and why it must be noticed. */
  readonly what: string;
  /** What STS and Cognito say to it. */
  readonly expects: { readonly aws: string; readonly cognito: string };
  /** Before the response is signed. */
  readonly wish?: (wish: ResponseWish) => ResponseWish;
  /** After it was signed. */
  readonly spoil?: (xml: string, wish: ResponseWish) => string;
}

const signature = {
  aws: 'InvalidIdentityToken: Response signature invalid',
  cognito: 'Invalid SAML response received: SAML Assertion signature is invalid.',
};

const hour = 3600_000;

export const breaks: readonly Break[] = [
  {
    id: 'audience',
    title: 'Wrong audience',
    what: 'The assertion is made for another service. Taken here, it would let one service be anybody at another.',
    expects: {
      aws: 'InvalidIdentityToken: Response does not contain the required audience.',
      cognito: 'Audience restriction in SAML Assertion does not allow it for urn:amazon:cognito:sp:<pool>',
    },
    wish: (wish) => ({ ...wish, audience: 'https://other.example.com/saml' }),
  },
  {
    id: 'recipient',
    title: 'Wrong recipient',
    what: 'The assertion may be presented at another address only. AWS compares SAML:aud of the trust policy with it.',
    expects: {
      aws: 'AccessDenied: Not authorized to perform sts:AssumeRoleWithSAML',
      cognito: 'Recipient in SubjectConfirmationData of SAML Assertion does not match.',
    },
    wish: (wish) => ({ ...wish, recipient: 'https://other.example.com/acs' }),
  },
  {
    id: 'time',
    title: 'An hour old',
    what: 'The assertion was valid for five minutes, an hour ago. Old ones may have been stolen.',
    expects: {
      aws: 'ExpiredTokenException: Token must be redeemed within 5 minutes of issuance',
      cognito: 'Invalid SAML response received: SAML Assertion has expired.',
    },
    wish: (wish) => ({ ...wish, now: wish.now - hour }),
  },
  {
    id: 'altered',
    title: 'Altered attribute',
    what: 'After signing, the mail address in the attributes becomes that of somebody else. The digest no longer fits.',
    expects: signature,
    spoil: (xml, wish) => {
      const mail =
        Object.values(wish.attributes)
          .flat()
          .find((value) => value.includes('@')) ?? wish.nameId.value;
      return xml.replaceAll(`>${escapeXml(mail)}<`, '>mallory@example.com<');
    },
  },
  {
    id: 'other-key',
    title: "Somebody else's key",
    what: 'The response is signed, and rightly so, but by a key that is not in the metadata: a rollover nobody told AWS of, or a forger.',
    expects: signature,
  },
  {
    id: 'wrapped',
    title: 'Wrapped signature',
    what: 'The signed assertion is moved aside, where its signature still holds, and a forged one without a signature takes its place.',
    expects: signature,
    spoil: wrap,
  },
  {
    id: 'comment',
    title: 'Comment in the NameID',
    what: 'A user called <name>.evil puts a comment into their signed name: <name><!---->.evil. The signature holds, since comments do not count. A careless reader stops at the comment and sees <name>. AWS reads the whole.',
    expects: {
      aws: 'No error: the Subject is the whole name, <name>.evil',
      cognito: 'No error: the user is <provider>_<name>.evil, and nobody else',
    },
    wish: (wish) => ({ ...wish, nameId: { ...wish.nameId, value: `${wish.nameId.value}.evil` } }),
    spoil: (xml) => xml.replace('.evil</saml:NameID>', '<!---->.evil</saml:NameID>'),
  },
  {
    id: 'no-role',
    title: 'No role',
    what: 'The attributes that say what the user may be are left out: Role for AWS, the mail address for a user pool.',
    expects: {
      aws: 'AccessDenied: Not authorized to perform sts:AssumeRoleWithSAML (in the browser: Your request included an invalid SAML response.)',
      cognito: 'Invalid user attributes: email: The attribute is required (where the pool requires it)',
    },
    wish: (wish) => ({
      ...wish,
      attributes: Object.fromEntries(
        Object.entries(wish.attributes).filter(([name]) => !/\/Attributes\/Role$|emailaddress$|^email$/.test(name)),
      ),
    }),
  },
];

export const findBreak = (id: unknown): Break | undefined => breaks.find((one) => one.id === id);

/** The forged assertion says it is an administrator. */
function wrap(xml: string, { ids, nameId }: ResponseWish): string {
  const start = xml.indexOf('<saml:Assertion');
  const end = xml.indexOf('</saml:Assertion>') + '</saml:Assertion>'.length;
  const signed = xml.slice(start, end);
  const forged = signed
    .replace(/<ds:Signature[\s\S]*<\/ds:Signature>/, '')
    .replace(`ID="${ids.assertion}"`, `ID="${ids.assertion}-forged"`)
    .replace(`>${escapeXml(nameId.value)}</saml:NameID>`, '>administrator</saml:NameID>');
  const aside = `<samlp:Extensions>${signed}</samlp:Extensions>`;
  const head = xml.slice(0, start).replace('<samlp:Status>', `${aside}<samlp:Status>`);
  return head + forged + xml.slice(end);
}
