// Which saved names a step reads and which it saves: what undoing it makes stale.
import { pathsInText } from './expression.ts';
import type { Lab, Step } from './model.ts';

export function namesSaved(step: Step): readonly string[] {
  return [...step.actions, ...step.checks].flatMap((part) =>
    'save' in part && part.save !== undefined ? [part.save] : [],
  );
}

export function namesUsed(step: Step): ReadonlySet<string> {
  return new Set(pathsUsed(step).flatMap(([name]) => name ?? []));
}

/** What its expressions read: at most two names each. */
export function pathsUsed(step: Step): readonly (readonly string[])[] {
  const texts = JSON.stringify([step.actions, step.checks], (_key, value: unknown) => value);
  return pathsIn(JSON.parse(texts));
}

function pathsIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value === 'string') return value.includes('${') ? pathsInText(value) : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...pathsIn(key), ...pathsIn(inner)]);
}

/** The steps after this one that cannot stand without it, directly or through others. */
export function dependentSteps(lab: Lab, stepId: string): readonly string[] {
  const start = lab.steps.findIndex(({ id }) => id === stepId);
  const step = lab.steps[start];
  if (!step) return [];
  const gone = new Set(namesSaved(step));
  const dependent: string[] = [];
  for (const later of lab.steps.slice(start + 1)) {
    if ([...namesUsed(later)].some((name) => gone.has(name))) {
      dependent.push(later.id);
      for (const name of namesSaved(later)) gone.add(name);
    }
  }
  return dependent;
}

/** The step that makes a name known, for "run that one first". */
export function stepThatSaves(lab: Lab, name: string): Step | undefined {
  return lab.steps.find((step) => namesSaved(step).includes(name));
}
