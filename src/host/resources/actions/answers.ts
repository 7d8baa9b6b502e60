import * as vscode from 'vscode';
import { Refusal } from '../../explain.ts';
import { plainMessage } from '../../plainMessage.ts';

export interface TextWish {
  readonly title: string;
  readonly prompt?: string;
  readonly value?: string;
  readonly placeHolder?: string;
  readonly password?: boolean;
  /** Taken without asking where a command was called with answers and this one is not among them. */
  readonly otherwise?: string;
  /** A sentence, where the text does not fit. */
  mistake?(text: string): string | undefined;
}

export interface Choice<T> {
  readonly label: string;
  readonly value: T;
  readonly description?: string;
  readonly detail?: string;
  readonly picked?: boolean;
}

/**
 * What a command needs to know. Commands can be called with their answers: as a second argument, or, from a keybinding, which
 * gives one argument only, `"args": { "kind": "queue", "name": "Orders", "answers": { "body": "Hello" } }`. What is not among them
 * is asked for, where it has no usual answer. All answer `undefined` where the person gave up.
 */
export class Answers {
  readonly #given: ReadonlyMap<string, unknown> | undefined;

  /** A command's two arguments. A tree gives its other chosen rows as the second, which are no answers. */
  constructor(first?: unknown, second?: unknown) {
    const table = isTable(second) ? second : isTable(first) ? first['answers'] : undefined;
    this.#given = isTable(table) ? new Map(Object.entries(table)) : undefined;
  }

  /** Whether nobody is to be asked what has a usual answer. */
  get silent(): boolean {
    return this.#given !== undefined;
  }

  given(name: string): unknown {
    return this.#given?.get(name);
  }

  async text(name: string, wish: TextWish): Promise<string | undefined> {
    const given = this.given(name) ?? (this.silent ? wish.otherwise : undefined);
    if (given === undefined) return askText(wish);
    const text = String(given);
    const mistake = wish.mistake?.(text);
    if (mistake !== undefined) throw new Refusal({ what: mistake, advice: 'Nothing was done.' });
    return text;
  }

  async choice<T extends string | boolean>(
    name: string,
    choices: readonly Choice<T>[],
    wish: { readonly title: string; readonly placeHolder?: string; readonly otherwise?: T },
  ): Promise<T | undefined> {
    const given = this.given(name) ?? (this.silent ? wish.otherwise : undefined);
    if (given === undefined)
      return (await vscode.window.showQuickPick(choices, { ...wish, ignoreFocusOut: true }))?.value;
    const chosen = choices.find(({ value }) => value === given);
    if (chosen) return chosen.value;
    const known = choices.map(({ value }) => String(value)).join(', ');
    throw new Refusal({ what: `${name} is one of: ${known}.`, advice: 'Nothing was done.' });
  }

  /** Several at once; each is an answer of its own: `{ raw: true }`. */
  async flags<T extends string>(choices: readonly Choice<T>[], title: string): Promise<ReadonlySet<T> | undefined> {
    const { silent } = this;
    const picked = silent
      ? choices.filter(({ value, picked: usual }) => this.given(value) ?? usual ?? false)
      : await vscode.window.showQuickPick(choices, { title, canPickMany: true, ignoreFocusOut: true });
    return picked && new Set(picked.map(({ value }) => value));
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function askText({ mistake, ...wish }: TextWish): Thenable<string | undefined> {
  const validateInput = (text: string) => mistake?.(text);
  return vscode.window.showInputBox({ ignoreFocusOut: true, ...wish, ...(mistake && { validateInput }) });
}

/** Says it without waiting for an answer. */
export function say(text: string): void {
  void vscode.window.showInformationMessage(plainMessage(text));
}
