// Answers may hold keys and tokens (sts.GetSessionToken, a SAML response): they are never written, shown or logged.
// In: any answer. Out: the same without its secrets; `forget` makes of what was written what is still known of it.

const secret = new RegExp(
  `^(${[
    'SecretAccessKey|SessionToken|Password|ClientSecret|SecretString|PrivateKey|AddPrivateKey|AuthorizationToken',
    'SAMLResponse|SAMLAssertion|IdToken|AccessToken|RefreshToken|id_token|access_token|refresh_token',
  ].join('|')})$`,
  'i',
);
/** Tokens and SAML messages in base64, wherever they stand. */
const token = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;
const message = /^(?:PHNhbW|PD94bWwg)[A-Za-z0-9+/=\s]{200,}$/;
const mark = '(secret)';
const longest = 20_000;
/** As much of a message or token as tells what it is. */
const beginning = 24;

export function redact(value: unknown): unknown {
  if (typeof value === 'string') return isTelling(value) ? shortened(value) : value;
  if (Array.isArray(value)) return value.map(redact);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      secret.test(key) && isTold(inner) ? hidden(inner) : redact(inner),
    ]),
  );
}

const isTelling = (value: string): boolean =>
  token.test(value) ||
  (message.test(value) && Buffer.from(value.slice(0, 800), 'base64').toString('latin1').includes(':Response'));

const isTold = (value: unknown): boolean => value !== null && value !== undefined;

const hidden = (value: unknown): string => (typeof value === 'string' && isTelling(value) ? shortened(value) : mark);

const shortened = (value: string): string => `${value.slice(0, beginning)}… ${mark}`;

/** For showing: without secrets, and not endless. */
export function shown(value: unknown): unknown {
  const clean = redact(value);
  const text = JSON.stringify(clean);
  return text !== undefined && text.length > longest ? { shortened: `${text.slice(0, longest)}…` } : clean;
}

/** What was read back from the journal: where a secret was there is nothing. */
export function forget(value: unknown): unknown {
  if (typeof value === 'string')
    return value.endsWith(`… ${mark}`) && value.length === beginning + 2 + mark.length ? null : value;
  if (Array.isArray(value)) return value.map(forget);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, secret.test(key) && inner === mark ? null : forget(inner)]),
  );
}
