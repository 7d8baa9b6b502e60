// What actions and checks are made of: requests, expressions, patience, expected errors. In: YAML nodes with their places. Out: the parts; what
// they read and save is gathered, and all that is wrong goes to the reader's problems.
import type { Node } from 'yaml';
import { isOperation, operations } from '../aws/operations.ts';
import { didYouMean } from './didYouMean.ts';
import { ExpressionError, holesOf, parseBoundExpression, pathsOf } from './expression.ts';
import type { ExpectError, Patience, Range, Request, Template } from './model.ts';
import type { Fields, YamlReader } from './yamlReader.ts';

/** A name that an expression reads, or an action saves: order tells whether it is there in time. */
export interface NameUse {
  readonly path: readonly string[];
  readonly range: Range;
  readonly order: number;
}

export interface CallSite {
  readonly request: Request;
  locate(path: readonly (string | number)[]): Range;
}

/** What the whole lab gathers while its blocks are read. */
export class Gathered {
  readonly uses: NameUse[] = [];
  readonly saves: (NameUse & { readonly stepId: string })[] = [];
  readonly calls: CallSite[] = [];
  order = 0;
}

const savable = /^[A-Za-z][A-Za-z0-9_]*$/;
const reserved = ['inputs', 'names', 'target', 'session', 'files'];
const defaultEvery = 2000;

export class PartReader {
  readonly #yaml: YamlReader;
  readonly #gathered: Gathered;
  readonly #stepId: string;

  constructor(yaml: YamlReader, gathered: Gathered, stepId: string) {
    this.#yaml = yaml;
    this.#gathered = gathered;
    this.#stepId = stepId;
  }

  only(fields: Fields): { only?: 'sandbox' } {
    const node = fields.get('only');
    const only = this.#yaml.text(node, 'only');
    if (only === 'sandbox') return { only };
    if (node && only !== undefined) this.#yaml.problem(node, 'only is sandbox: elsewhere this is left out.');
    return {};
  }

  until(node: Node, fields: Fields): { request: Request; expression: string; patience: Patience } | undefined {
    const request = this.request(node, fields);
    const expression = this.expression(
      fields.get('until') ?? this.#yaml.problem(node, 'Say with until what is to hold.'),
    );
    const patience = this.patience(fields) ?? this.#yaml.problem(node, 'Say with within how long to wait at most.');
    return request && expression !== undefined && patience ? { request, expression, patience } : undefined;
  }

  patience(fields: Fields): Patience | undefined {
    const withinMs = this.#yaml.duration(fields.get('within'), 'within');
    const everyMs = this.#yaml.duration(fields.get('every'), 'every') ?? defaultEvery;
    return withinMs === undefined ? undefined : { withinMs, everyMs: Math.max(1, everyMs) };
  }

  request(node: Node, fields: Fields): Request | undefined {
    const yaml = this.#yaml;
    const call = fields.get('call') ?? yaml.problem(node, 'Say with call which operation, such as sqs.CreateQueue.');
    const operation = yaml.text(call, 'call');
    if (!call || operation === undefined) return undefined;
    if (!isOperation(operation))
      return yaml.problem(call, `A lab cannot call ${operation}.${didYouMean(operation, Object.keys(operations))}`);
    const input = fields.get('with');
    const template = this.template(input);
    const request = { operation, with: template ?? {} };
    const where = input ?? call;
    this.#gathered.calls.push({ request, locate: (path) => (input ? yaml.locate(where, path) : yaml.rangeOf(where)) });
    return request;
  }

  expectError(node: Node | undefined): ExpectError | undefined {
    const fields = node && this.#yaml.fields(node, 'expect-error', ['code', 'message', 'hint']);
    if (!fields) return undefined;
    const code = this.#yaml.text(fields.get('code') ?? this.#yaml.problem(node, 'expect-error needs code.'), 'code');
    const message = this.#yaml.text(fields.get('message'), 'message');
    const hint = this.#yaml.text(fields.get('hint'), 'hint');
    return code === undefined
      ? undefined
      : { code, ...(message !== undefined && { message }), ...(hint !== undefined && { hint }) };
  }

  mail(node: Node | undefined): { to: Template; subject?: string; link?: string } | undefined {
    const fields = node && this.#yaml.fields(node, 'mail', ['to', 'subject', 'link']);
    if (!fields) return undefined;
    const to = this.template(fields.get('to') ?? this.#yaml.problem(node, 'mail needs to.'));
    const subject = this.#yaml.text(fields.get('subject'), 'subject');
    const link = this.#yaml.text(fields.get('link'), 'link');
    return to === undefined
      ? undefined
      : { to, ...(subject !== undefined && { subject }), ...(link !== undefined && { link }) };
  }

  /** Saves count from the action after: what an action saves, it cannot use itself. */
  save(fields: Fields): { save?: string } {
    const node = fields.get('save');
    const save = this.#yaml.text(node, 'save');
    if (!node || save === undefined) return {};
    if (!savable.test(save) || reserved.includes(save)) {
      this.#yaml.problem(node, `${save} cannot be a name: letters and digits, and none of ${reserved.join(', ')}.`);
      return {};
    }
    this.#gathered.saves.push({
      path: [save],
      range: this.#yaml.rangeOf(node),
      order: this.#gathered.order,
      stepId: this.#stepId,
    });
    return { save };
  }

  template(node: Node | undefined): Template | undefined {
    return node && this.#yaml.template(node, (text, at) => this.holes(text, at));
  }

  expression(node: Node | undefined): string | undefined {
    const text = this.#yaml.text(node, 'An expression');
    if (!node || text === undefined) return undefined;
    this.holes(text, node);
    return this.#tried(node, 0, () => parseBoundExpression(text)) && text;
  }

  /** `at`: where the text begins in the node. An expression may hold others. */
  holes(text: string, node: Node, at = 0): void {
    const holes = text.includes('${') ? (this.#tried(node, at, () => holesOf(text)) ?? []) : [];
    for (const hole of holes) {
      const from = at + hole.start + 2;
      const expression = this.#tried(node, from, () => parseBoundExpression(hole.text));
      this.holes(hole.text, node, from);
      const range = this.#yaml.rangeWithin(node, from, hole.text.length);
      for (const path of expression ? pathsOf(expression) : [])
        this.#gathered.uses.push({ path, range, order: this.#gathered.order });
    }
  }

  #tried<T>(node: Node, from: number, parse: () => T): T | undefined {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return this.#yaml.problemAt(node, from + error.offset, 1, `Bad expression: ${error.message}`);
    }
  }
}
