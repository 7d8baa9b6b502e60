// A truth is a fact about what AWS answers, kept as data in test/fixtures/aws-truths.json (its `about` field explains the form).
// In: that file. Out: typed truths. Never: a truth that was only half understood, unknown words in it are errors.
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface Failure {
  readonly code: string;
  readonly message?: string;
  readonly matches?: string;
  readonly status?: number;
}

export interface Checks {
  readonly fails?: Failure;
  readonly expect?: JsonObject;
  readonly save?: { readonly [variable: string]: string };
  readonly parse?: { readonly [variable: string]: string };
  /** Seconds to go on trying. */
  readonly within?: number;
  readonly region?: string;
}

export interface Step {
  readonly what: string;
  readonly input: Json;
  readonly checks: Checks;
}

export interface Truth {
  readonly id: string;
  readonly service: string;
  readonly about: string;
  readonly source: string;
  readonly steps: readonly Step[];
}

const knownChecks = new Set(['fails', 'expect', 'save', 'parse', 'within', 'region']);
const otherSteps = new Set(['sleep', 'listen', 'received']);

export function parseTruths(text: string): Truth[] {
  const file: unknown = JSON.parse(text);
  const truths = isObject(file) ? file['truths'] : undefined;
  if (!Array.isArray(truths)) throw new Error('no list "truths"');
  return truths.map(parseTruth);
}

export function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseTruth(truth: unknown): Truth {
  const text = (key: string): string => {
    const value = isObject(truth) ? truth[key] : undefined;
    if (typeof value !== 'string') throw new Error(`truth without ${key}: ${JSON.stringify(truth).slice(0, 200)}`);
    return value;
  };
  const steps = isObject(truth) ? truth['steps'] : undefined;
  if (!Array.isArray(steps)) throw new Error(`truth ${text('id')} has no steps`);
  return {
    id: text('id'),
    service: text('service'),
    about: text('about'),
    source: text('source'),
    steps: steps.map((step: unknown, index) => parseStep(step, `${text('id')}, step ${index + 1}`)),
  };
}

function parseStep(step: unknown, where: string): Step {
  if (!Array.isArray(step)) throw new Error(`${where}: not a list`);
  const what: unknown = step[0];
  const checks: unknown = step[2] ?? {};
  if (typeof what !== 'string' || !(/^[\w-]+\.[A-Z]\w+$/.test(what) || otherSteps.has(what)))
    throw new Error(`${where}: what is "${String(what)}"?`);
  if (!isObject(checks)) throw new Error(`${where}: checks are no object`);
  const unknown = Object.keys(checks).filter((key) => !knownChecks.has(key));
  if (unknown.length > 0) throw new Error(`${where}: unknown check ${unknown.join(', ')}`);
  // The file is ours and the words in it were just checked: from here on it is taken at its word.
  return { what, input: (step[1] ?? {}) as Json, checks: checks as Checks };
}
