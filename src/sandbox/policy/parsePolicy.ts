import { Problems, isObject } from './problems.ts';
import type { Json, Path } from './problems.ts';
import { parseStatement } from './parseStatement.ts';
import type { Policy, PolicyProblem, Statement } from './policy.ts';

export type ParsedPolicy =
  | { readonly policy: Policy; readonly problems: readonly [] }
  | { readonly policy?: undefined; readonly problems: readonly PolicyProblem[] };

/**
 * A resource policy names principals, an identity policy must not, and a role's trust policy names
 * principals but no resources. `open` takes what is there, for services that check less than IAM does.
 */
export type PolicyKind = 'resource' | 'identity' | 'trust' | 'open';

const versions = ['2012-10-17', '2008-10-17'] as const;
const fields = new Set(['Version', 'Id', 'Statement']);

/** Reads a policy document's text and says everything that is wrong with it, each with its place; never throws. */
export function parsePolicy(text: string, kind: PolicyKind = 'resource'): ParsedPolicy {
  const problems = new Problems();
  const policy = readDocument(parseJson(text, problems), kind, problems);
  return policy !== undefined && problems.found.length === 0 ? { policy, problems: [] } : { problems: problems.found };
}

function parseJson(text: string, problems: Problems): Json {
  try {
    return JSON.parse(text) as Json; // JSON text can be nothing else
  } catch {
    problems.add([], 'Syntax errors in policy: this is not JSON.');
    return undefined;
  }
}

function readDocument(json: Json, kind: PolicyKind, problems: Problems): Policy | undefined {
  if (json === undefined) return undefined;
  if (!isObject(json)) return problems.add([], 'Syntax errors in policy: a policy is a JSON object.');
  for (const key of Object.keys(json)) if (!fields.has(key)) problems.add([key], `Unknown field ${key}`);
  const id = json['Id'];
  if (id !== undefined && typeof id !== 'string') problems.add(['Id'], 'Id must be a string.');
  const version = readVersion(json['Version'], problems);
  const statements = readStatements(json['Statement'], kind, problems);
  return { version, statements, ...(typeof id === 'string' ? { id } : {}) };
}

function readVersion(value: Json, problems: Problems): Policy['version'] {
  if (value === undefined) return '2008-10-17';
  const known = versions.find((version) => version === value);
  if (known === undefined) problems.add(['Version'], 'Version must be "2012-10-17" or "2008-10-17".');
  return known ?? '2012-10-17';
}

function readStatements(value: Json, kind: PolicyKind, problems: Problems): readonly Statement[] {
  if (value === undefined) problems.add([], 'Missing required field Statement');
  else if (Array.isArray(value)) {
    if (value.length === 0) problems.add(['Statement'], 'Missing required field Statement cannot be empty!');
    const statements = value.map((each, index) => parseStatement(each, ['Statement', index], kind, problems));
    checkSids(statements, problems);
    return statements.filter((statement) => statement !== undefined);
  } else {
    const statement = parseStatement(value, ['Statement'], kind, problems);
    if (statement !== undefined) return [statement];
  }
  return [];
}

function checkSids(statements: readonly (Statement | undefined)[], problems: Problems): void {
  const seen = new Set<string>();
  statements.forEach((statement, index) => {
    const sid = statement?.sid;
    if (sid === undefined || sid === '') return;
    const path: Path = ['Statement', index, 'Sid'];
    if (seen.has(sid)) problems.add(path, 'Statement IDs (SID) in a single policy must be unique.');
    seen.add(sid);
  });
}
