import type { PrincipalType, Principals } from './policy.ts';
import { isObject } from './problems.ts';
import type { Json, Path, Problems } from './problems.ts';

const types: readonly PrincipalType[] = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/** `"*"`, or an object of lists: `{ "AWS": [...], "Service": "sns.amazonaws.com" }`. */
export function parsePrincipals(json: Json, not: boolean, path: Path, problems: Problems): Principals | undefined {
  if (json === '*') return { not, anyone: true, named: {} };
  if (!isObject(json))
    return problems.add(path, 'Invalid principal in policy: use "*" or an object such as {"AWS": "*"}.');
  const named: Partial<Record<PrincipalType, readonly string[]>> = {};
  for (const [key, value] of Object.entries(json)) {
    const type = types.find((known) => known === key);
    if (type === undefined)
      problems.add([...path, key], `Invalid principal in policy: "${key}" is no type of principal.`);
    else named[type] = readNames(type, value, [...path, key], problems);
  }
  return { not, anyone: named.AWS?.includes('*') ?? false, named };
}

function readNames(type: PrincipalType, value: Json, path: Path, problems: Problems): readonly string[] {
  const list: readonly Json[] = Array.isArray(value) ? value : [value];
  return list.flatMap((name, index) => {
    const place = Array.isArray(value) ? [...path, index] : path;
    if (typeof name === 'string' && isPrincipal(type, name)) return [name];
    problems.add(place, `Invalid principal in policy: "${type}":${JSON.stringify(name)}`);
    return [];
  });
}

function isPrincipal(type: PrincipalType, name: string): boolean {
  switch (type) {
    case 'AWS': // the id alone is what AWS itself puts in place of a deleted user or role
      return /^(\*|\d{12}|arn:aws[\w-]*:(iam|sts)::(\d{12}|cloudfront):.+|A[A-Z0-9]{15,})$/.test(name);
    case 'Service':
      return /^(\*|[\w-]+(\.[\w-]+)*\.amazonaws\.com(\.cn)?|[\w.-]+\.internal)$/.test(name);
    case 'Federated':
    case 'CanonicalUser':
      return name !== '';
  }
}
