// What expressions can read: inputs, names, target, session, and what was saved.
import { resolve } from 'node:path';
import { partitionOf } from '../aws/resources/lookup.ts';
import type { TargetFacts } from '../aws/target.ts';
import { didYouMean } from './didYouMean.ts';
import { resolveToText, type Scope } from './expression.ts';
import type { Values } from './journal.ts';
import type { Input, Lab } from './model.ts';
import { LabRefusal } from './refusal.ts';
import type { SessionState } from './sessionState.ts';

export function sessionScope(lab: Lab, sessionId: string, target: TargetFacts): Scope {
  const { account, region, kind, endpoint = '' } = target;
  return {
    target: { account, region, kind, endpoint, partition: partitionOf(region).name },
    session: { id: sessionId, short: sessionId.replaceAll('-', '').slice(0, 8), lab: lab.id },
  };
}

export function fullScope(base: Scope, state: SessionState): Scope {
  const saved = Object.fromEntries([...state.saved].map(([name, { value }]) => [name, value]));
  return { ...saved, ...base, inputs: state.inputs, names: state.names };
}

/** Given values over earlier ones over defaults. Throws LabRefusal for an unknown, missing or unfit one. */
export function settleInputs(
  lab: Lab,
  base: Scope,
  given: Values,
  earlier?: { inputs: Values; names: Values },
): { inputs: Values; names: Values } {
  const inputs: Record<string, string> = {};
  const known = [...lab.inputs.map(({ name }) => name), ...lab.names.map(({ name }) => name)];
  const unknown = Object.keys(given).find((name) => !known.includes(name.replace(/^names\./, '')));
  if (unknown !== undefined)
    throw new LabRefusal(
      'UnknownInput',
      `This lab has no input ${unknown}.${didYouMean(unknown, known)}`,
      `It has ${known.join(', ')}.`,
    );
  for (const input of lab.inputs)
    inputs[input.name] = settle(input, given[input.name] ?? earlier?.inputs[input.name] ?? input.default);
  const names: Record<string, string> = {};
  for (const { name, default: template } of lab.names) {
    const over =
      given[`names.${name}`] ?? (Object.hasOwn(inputs, name) ? undefined : given[name]) ?? earlier?.names[name];
    names[name] = over ?? resolveToText(template, { ...base, inputs, names });
  }
  return { inputs, names };
}

function settle(input: Input, value: string | undefined): string {
  if (input.type === 'file' && (value ?? '') === '') return '';
  if (value === undefined || value === '')
    throw new LabRefusal(
      'MissingInput',
      `The input ${input.name} (${input.label}) has no value.`,
      `Give one: --input ${input.name}=...`,
    );
  const problem = inputProblem(input, value);
  if (problem !== undefined) throw new LabRefusal('BadInput', `${input.label}: ${problem}`, 'Give another value.');
  // A session may be gone on with from another folder.
  return input.type === 'file' ? resolve(value) : value;
}

/** Why a value will not do; also for forms, as the learner types. */
export function inputProblem(input: Input, value: string): string | undefined {
  const wanted: Partial<Record<Input['type'], readonly [RegExp, string]>> = {
    email: [/^[^\s@]+@[^\s@]+$/, 'this is no e-mail address.'],
    url: [/^https?:\/\/\S+$/, 'this is no address that begins with https://.'],
    number: [/^-?\d+(\.\d+)?$/, 'this is no number.'],
    'yes-no': [/^(yes|no)$/, 'answer yes or no.'],
    file: [/^(?:\S|\S.*\S)$/u, 'this is no file.'],
  };
  const [form, said] = wanted[input.type] ?? [];
  if (form && !form.test(value)) return said;
  if (input.choices && !input.choices.includes(value)) return `choose one of ${input.choices.join(', ')}.`;
  if (input.pattern !== undefined && !new RegExp(`^(?:${input.pattern})$`, 'v').test(value))
    return input.patternHelp ?? `it must match ${input.pattern}.`;
  return undefined;
}
