import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** How a profile comes to its credentials, as far as its sections tell. */
export type ProfileKind = 'sso' | 'login' | 'role' | 'role-mfa' | 'process' | 'web-identity' | 'keys' | 'other';

export interface Profile {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly region?: string;
  /** The profile that a role is assumed with. */
  readonly source?: string;
  /** Its calls go to a server of its own. */
  readonly endpoint?: string;
}

export const kindLabels: Readonly<Record<ProfileKind, string>> = {
  sso: 'SSO',
  login: 'console sign-in',
  role: 'role',
  'role-mfa': 'role, with MFA',
  process: 'process',
  'web-identity': 'web identity',
  keys: 'access keys',
  other: 'profile',
};

export interface CredentialsFiles {
  readonly config: string;
  readonly credentials: string;
  /** Where `aws sso login` and `aws login` leave their tokens. */
  readonly caches: readonly string[];
}

export function credentialsFiles(env: NodeJS.ProcessEnv = process.env, home = homedir()): CredentialsFiles {
  return {
    config: env['AWS_CONFIG_FILE'] || join(home, '.aws', 'config'),
    credentials: env['AWS_SHARED_CREDENTIALS_FILE'] || join(home, '.aws', 'credentials'),
    caches: [join(home, '.aws', 'sso', 'cache'), join(home, '.aws', 'login', 'cache')],
  };
}

/** Names and kinds only: what stands under a name is for the SDK to read, and is never kept here. */
export async function readProfiles(files: CredentialsFiles = credentialsFiles()): Promise<readonly Profile[]> {
  const [config, credentials] = await Promise.all(
    [files.config, files.credentials].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  return profilesIn(config ?? '', credentials ?? '');
}

export function profilesIn(config: string, credentials: string): readonly Profile[] {
  const merged = new Map<string, Readonly<Record<string, string>>>();
  for (const text of [config, credentials]) {
    for (const [name, settings] of sections(text)) merged.set(name, { ...merged.get(name), ...settings });
  }
  return [...merged].map(([name, settings]) => profileOf(name, settings)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Only these are looked at; of those that hold secrets, only that they are there. */
const looked = new Set([
  'sso_session',
  'sso_start_url',
  'login_session',
  'role_arn',
  'mfa_serial',
  'credential_process',
]);
const told = new Set(['region', 'endpoint_url', 'source_profile']);
const present = new Set(['aws_access_key_id', 'web_identity_token_file']);

/** `[default]`, `[profile work]` (config) and `[work]` (credentials); other sections are not profiles. */
function sections(text: string): readonly (readonly [string, Readonly<Record<string, string>>])[] {
  const found: [string, Record<string, string>][] = [];
  let settings: Record<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    const header = /^[ \t]*\[[ \t]*([^\]]+?)[ \t]*\]/.exec(line);
    if (header) {
      const name = profileName(header[1] ?? '');
      settings = name === undefined ? undefined : {};
      if (name !== undefined && settings) found.push([name, settings]);
      continue;
    }
    // A line that is indented belongs to the setting above it.
    const [, key = '', value = ''] = /^([\w.-]+)[ \t]*=[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (settings === undefined || value === '') continue;
    if (told.has(key)) settings[key] = value;
    else if (looked.has(key) || present.has(key)) settings[key] = 'yes';
  }
  return found;
}

function profileName(section: string): string | undefined {
  const [first = '', ...rest] = section.split(/[ \t]+/);
  if (rest.length === 0) return first;
  return first === 'profile' ? rest.join(' ').replaceAll(/^["']|["']$/g, '') : undefined;
}

function profileOf(name: string, settings: Readonly<Record<string, string>>): Profile {
  const { region, endpoint_url: endpoint, source_profile: source } = settings;
  return {
    name,
    kind: kindOf(settings),
    ...(region !== undefined && { region }),
    ...(source !== undefined && { source }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

/** In the order in which the SDK tries them. */
function kindOf(settings: Readonly<Record<string, string>>): ProfileKind {
  const has = (key: string) => settings[key] !== undefined;
  if (has('role_arn') && has('web_identity_token_file')) return 'web-identity';
  if (has('role_arn')) return has('mfa_serial') ? 'role-mfa' : 'role';
  if (has('aws_access_key_id')) return 'keys';
  if (has('credential_process')) return 'process';
  if (has('sso_session') || has('sso_start_url')) return 'sso';
  return has('login_session') ? 'login' : 'other';
}
