import { parseConditions } from './parseConditions.ts';
import type { PolicyKind } from './parsePolicy.ts';
import { parsePrincipals } from './parsePrincipals.ts';
import type { Elements, Principals, Statement } from './policy.ts';
import { isObject } from './problems.ts';
import type { Json, JsonObject, Path, Problems } from './problems.ts';

const fields = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

export function parseStatement(json: Json, path: Path, kind: PolicyKind, problems: Problems): Statement | undefined {
  if (!isObject(json)) return problems.add(path, 'Syntax errors in policy: a statement is a JSON object.');
  for (const key of Object.keys(json)) if (!fields.has(key)) problems.add([...path, key], `Unknown field ${key}`);
  const sid = readSid(json['Sid'], path, problems);
  const effect = readEffect(json['Effect'], path, problems);
  const principals = readPrincipals(json, path, kind, problems);
  const actions = readActions(json, path, problems);
  const resources = readResources(json, path, kind, problems);
  const conditions = parseConditions(json['Condition'], [...path, 'Condition'], problems);
  if (effect === undefined || actions === undefined) return undefined;
  return {
    effect,
    actions,
    conditions,
    ...(sid === undefined ? {} : { sid }),
    ...(principals === undefined ? {} : { principals }),
    ...(resources === undefined ? {} : { resources }),
  };
}

function readSid(value: Json, path: Path, problems: Problems): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return problems.add([...path, 'Sid'], 'Sid must be a string.');
}

function readEffect(value: Json, path: Path, problems: Problems): Statement['effect'] | undefined {
  if (value === 'Allow' || value === 'Deny') return value;
  if (value === undefined) return problems.add(path, 'Missing required field Effect');
  return problems.add([...path, 'Effect'], 'Effect must be "Allow" or "Deny".');
}

function readPrincipals(json: JsonObject, path: Path, kind: PolicyKind, problems: Problems): Principals | undefined {
  const name = oneOf(json, 'Principal', 'NotPrincipal', path, problems);
  if (name === undefined) {
    if (kind === 'resource' || kind === 'trust') problems.add(path, 'Missing required field Principal');
    return undefined;
  }
  if (kind === 'identity') return problems.add([...path, name], `Has prohibited field ${name}`);
  return parsePrincipals(json[name], name === 'NotPrincipal', [...path, name], problems);
}

function readActions(json: JsonObject, path: Path, problems: Problems): Elements | undefined {
  const name = oneOf(json, 'Action', 'NotAction', path, problems);
  if (name === undefined) return problems.add(path, 'Missing required field Action');
  const patterns = readPatterns(json[name], [...path, name], 'Policy statement must contain actions.', problems);
  patterns.forEach(([action, place]) => {
    if (action !== '*' && !/^[\w-]+:[\w*?-]+$/.test(action))
      problems.add(place, 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  });
  return { not: name === 'NotAction', patterns: patterns.map(([action]) => action) };
}

function readResources(json: JsonObject, path: Path, kind: PolicyKind, problems: Problems): Elements | undefined {
  const name = oneOf(json, 'Resource', 'NotResource', path, problems);
  if (name === undefined) {
    if (kind === 'resource' || kind === 'identity') problems.add(path, 'Missing required field Resource');
    return undefined;
  }
  if (kind === 'trust') return problems.add([...path, name], `Has prohibited field ${name}`);
  const patterns = readPatterns(json[name], [...path, name], 'Policy statement must contain resources.', problems);
  patterns.forEach(([resource, place]) => {
    if (resource !== '*' && !resource.startsWith('arn:') && !resource.startsWith('*'))
      problems.add(place, `Resource ${resource} must be in ARN format or "*".`);
  });
  return { not: name === 'NotResource', patterns: patterns.map(([resource]) => resource) };
}

function oneOf(json: JsonObject, plain: string, not: string, path: Path, problems: Problems): string | undefined {
  if (json[plain] !== undefined && json[not] !== undefined)
    problems.add([...path, not], `A statement has ${plain} or ${not}, not both.`);
  return [plain, not].find((name) => json[name] !== undefined);
}

/** The strings of a string or list of strings, each with its place. */
function readPatterns(value: Json, path: Path, empty: string, problems: Problems): (readonly [string, Path])[] {
  const list: (readonly [Json, Path])[] = Array.isArray(value)
    ? value.map((each: Json, index) => [each, [...path, index]] as const)
    : [[value, path]];
  if (list.length === 0) problems.add(path, empty);
  return list.flatMap(([each, place]) => {
    if (typeof each === 'string') return [[each, place] as const];
    problems.add(place, 'Syntax errors in policy: this must be a string.');
    return [];
  });
}
