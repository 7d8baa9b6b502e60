import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Names only: what stands under a name is for the SDK to read, and is never kept here. */
export async function listProfiles(env: NodeJS.ProcessEnv = process.env, home = homedir()): Promise<readonly string[]> {
  const files = [
    env['AWS_CONFIG_FILE'] ?? join(home, '.aws', 'config'),
    env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(home, '.aws', 'credentials'),
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return [...new Set(texts.flatMap(profileNames))].sort();
}

/** `[default]`, `[profile work]` (config) and `[work]` (credentials); other sections are not profiles. */
export function profileNames(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*\[[ \t]*([^\]\r\n]+?)[ \t]*\]/gm)].flatMap(([, section = '']) => {
    const [first = '', ...rest] = section.split(/[ \t]+/);
    if (rest.length === 0) return [first];
    return first === 'profile' ? [rest.join(' ').replaceAll(/^["']|["']$/g, '')] : [];
  });
}
