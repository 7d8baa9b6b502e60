// Answers may hold keys (sts.GetSessionToken does): they are never written, shown or logged.

const secret = /^(SecretAccessKey|SessionToken|Password|ClientSecret|SecretString|PrivateKey|AuthorizationToken)$/i;
const longest = 20_000;

export function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, secret.test(key) ? '(secret)' : redact(inner)]),
  );
}

/** For showing: without secrets, and not endless. */
export function shown(value: unknown): unknown {
  const clean = redact(value);
  const text = JSON.stringify(clean);
  return text !== undefined && text.length > longest ? { shortened: `${text.slice(0, longest)}…` } : clean;
}
