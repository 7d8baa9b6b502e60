// Which saved names a step reads and which it saves: what undoing it makes stale.
import { pathsInText } from './expression.ts';
import type { Lab, Step } from './model.ts';

export function namesSaved(step: Step): readonly string[] {
  return [...step.actions, ...step.checks].flatMap((part) =>
    'save' in part && part.save !== undefined ? [part.save] : [],
  );
}

export function namesUsed(step: Step): ReadonlySet<string> {
  const texts = JSON.stringify([step.actions, step.checks], (_key, value: unknown) => value);
  const found = new Set<string>();
  collect(JSON.parse(texts), found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value === 'string' && value.includes('${')) {
    for (const [name] of pathsInText(value)) if (name !== undefined) found.add(name);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      collect(key, found);
      collect(inner, found);
    }
  }
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
