// Temporary credentials as people copy them: an INI block of a learner lab, `export`, `set` and `$Env:` lines of any shell, JSON of `aws sts`.
// In: any text. Out: the credentials, or one sentence that says what is missing. Never: a sentence that shows any part of a value.

export interface PastedText {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Most blocks do not tell when they end. */
  readonly expiration?: Date;
  readonly region?: string;
}

export type ParsedCredentials =
  { readonly ok: true; readonly credentials: PastedText } | { readonly ok: false; readonly what: string };

type Field = 'id' | 'secret' | 'token' | 'expiration' | 'region';

/** Without case and underscores, every spelling of a field is one of these. */
const fields: Readonly<Record<string, Field>> = {
  awsaccesskeyid: 'id',
  accesskeyid: 'id',
  awssecretaccesskey: 'secret',
  secretaccesskey: 'secret',
  awssessiontoken: 'token',
  awssecuritytoken: 'token',
  sessiontoken: 'token',
  expiration: 'expiration',
  awscredentialexpiration: 'expiration',
  awssessionexpiration: 'expiration',
  xsecuritytokenexpires: 'expiration',
  region: 'region',
  awsregion: 'region',
  awsdefaultregion: 'region',
};

const spellings =
  'aws_access_key_id|AccessKeyId|aws_secret_access_key|SecretAccessKey|aws_session_token|aws_security_token|SessionToken|' +
  'AWS_CREDENTIAL_EXPIRATION|AWS_SESSION_EXPIRATION|x_security_token_expires|Expiration|AWS_DEFAULT_REGION|AWS_REGION|region';

/**
 * A name with what may stand before it and the sign after it. A field of one line swallows line ends, so a name may follow a value
 * without a gap; the bare word `region` then has to be at a word's start, since a value may hold it by chance.
 */
const name = new RegExp(
  `(?:\\bexport\\s+|export\\s+(?=AWS_)|set\\s+(?:-\\w+\\s+)*(?=AWS_)|setx?\\s+(?=AWS_)|\\$env:)?["']?` +
    `((?:aws_|x_)\\w+?(?=["']?\\s*[=:]|["']?\\s+["'\\w])|\\b(?:${spellings}))["']?(?:\\s*[=:]\\s*|(?<=AWS_\\w+)[ \\t]+)`,
  'gi',
);

const wanted = 'Copy the whole block that the lab, the access portal or `aws sts` shows, and paste it again.';

/** Characters; no block comes near. What else a clipboard may hold takes time with the square of its length. */
const longest = 32_768;

export function parseCredentials(text: string): ParsedCredentials {
  if (text.length > longest) return bad(`There are no AWS credentials in so long a text. ${wanted}`);
  const found = readFields(text.replaceAll('\\/', '/'));
  const twice = [...found].find(([, values]) => values.size > 1);
  if (twice)
    return bad(`The text holds ${labels[twice[0]]} more than once, with different values. Paste one block only.`);
  const value = (field: Field) => [...(found.get(field) ?? [])][0];
  const [id, secret, token] = [value('id'), value('secret'), value('token')];
  const fault = faultOf(id, secret, token);
  if (fault !== undefined || id === undefined || secret === undefined) return bad(fault ?? wanted);
  const [expiration, region] = [dateOf(value('expiration')), regionOf(value('region'))];
  return {
    ok: true,
    credentials: {
      accessKeyId: id,
      secretAccessKey: secret,
      ...(token !== undefined && { sessionToken: token }),
      ...(expiration && { expiration }),
      ...(region !== undefined && { region }),
    },
  };
}

const labels: Readonly<Record<Field, string>> = {
  id: 'an access key id',
  secret: 'a secret access key',
  token: 'a session token',
  expiration: 'an expiration',
  region: 'a region',
};

const bad = (what: string): ParsedCredentials => ({ ok: false, what });

function readFields(text: string): ReadonlyMap<Field, ReadonlySet<string>> {
  const found = new Map<Field, Set<string>>();
  const names = [...text.matchAll(name)];
  for (const [index, match] of names.entries()) {
    const field = fields[(match[1] ?? '').replaceAll('_', '').toLowerCase()];
    if (field === undefined) continue;
    const value = valueIn(text.slice(match.index + match[0].length, names[index + 1]?.index));
    if (value === '') continue;
    const values = found.get(field) ?? new Set();
    found.set(field, values.add(value));
  }
  return found;
}

/** What is quoted, or the first word. A session token that was wrapped by a terminal is put together again. */
function valueIn(rest: string): string {
  const quoted = /^\s*(["'])([\s\S]*?)\1/.exec(rest);
  if (quoted) return (quoted[2] ?? '').replaceAll(/\s+/g, '');
  const [first = '', ...lines] = rest.trimStart().split(/\r?\n/);
  const word = (/^[^\s"',;}&]+/.exec(first) ?? [''])[0];
  if (word !== first.trim() || word.length < 60) return word;
  const wrapped = [word];
  for (const line of lines.map((each) => each.trim())) {
    if ((wrapped.at(-1) ?? '').length < 60 || !/^[A-Za-z0-9+/=]+$/.test(line)) break;
    wrapped.push(line);
  }
  return wrapped.join('');
}

function faultOf(id: string | undefined, secret: string | undefined, token: string | undefined): string | undefined {
  const temporary = id?.startsWith('ASIA') ?? false;
  const missing = [
    ...(id === undefined ? ['aws_access_key_id'] : []),
    ...(secret === undefined ? ['aws_secret_access_key'] : []),
    ...(token === undefined && temporary ? ['aws_session_token'] : []),
  ];
  if (missing.length === 3 || (id === undefined && secret === undefined))
    return `There are no AWS credentials in this text. ${wanted}`;
  if (missing.length > 0) return `${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing. ${wanted}`;
  if (!/^[A-Z0-9]{16,128}$/.test(id ?? ''))
    return `aws_access_key_id is not one: it is 16 or more capitals and digits. ${wanted}`;
  if (!/^[A-Za-z0-9/+=]{16,256}$/.test(secret ?? ''))
    return `aws_secret_access_key is masked, cut off, or holds characters that none has. ${wanted}`;
  if (token !== undefined && !/^[A-Za-z0-9/+=_-]{16,}$/.test(token))
    return `aws_session_token is masked, cut off, or holds characters that none has. ${wanted}`;
  return undefined;
}

const listed = (names: readonly string[]): string => names.join(' and ');

function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

const regionOf = (text: string | undefined): string | undefined =>
  text !== undefined && /^[a-z]{2,}(-[a-z]+)+-\d$/.test(text) ? text : undefined;
