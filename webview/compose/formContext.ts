import type { ComposeRequest, ComposeView, DestinationView, Draft } from '../../src/protocol/compose.ts';
import type { FormState } from './formState.ts';

/** What every part of the form is drawn from. */
export interface FormContext {
  readonly view: ComposeView;
  readonly to: DestinationView;
  readonly draft: Draft;
  readonly state: FormState;
  ask(request: ComposeRequest): void;
  send(): void;
  say(words: string): void;
  /** Why the last try to lay out the JSON failed. */
  readonly jsonMistake: string | undefined;
  format(): void;
}

/** What is wrong with a field, once the person was there or tried to send. */
export function problemOf({ view, state }: Pick<FormContext, 'view' | 'state'>, field: string): string | undefined {
  return state.shows(field) ? view.problems.find((problem) => problem.field === field)?.what : undefined;
}

export function valueOf(event: Event): string {
  const { target } = event;
  return target !== null && 'value' in target && typeof target.value === 'string' ? target.value : '';
}

export function isChecked(event: Event): boolean {
  return event.target !== null && 'checked' in event.target && event.target.checked === true;
}
