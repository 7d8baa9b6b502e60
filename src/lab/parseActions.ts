// The fenced blocks of a lab: `yaml run` -> actions, `yaml check` -> checks.
// In: YAML nodes with their places. Out: actions and checks; all that is wrong goes to the reader's problems.
import type { Node } from 'yaml';
import { effectOf, isOperation, operations } from '../aws/operations.ts';
import { didYouMean } from './didYouMean.ts';
import { ExpressionError, holesOf, parseBoundExpression, pathsOf } from './expression.ts';
import type { Action, Check, ExpectError, Patience, Range, Request, Template } from './model.ts';
import { readMetadataSources, readRelyingParty, readSignIn, type SamlTools } from './parseSaml.ts';
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

const keys = {
  call: ['call', 'with', 'credentials', 'save', 'expect-error', 'title', 'only'],
  until: ['until', 'call', 'with', 'within', 'every', 'save', 'title', 'only'],
  wait: ['wait', 'title', 'only'],
  ask: ['ask', 'mail', 'until', 'call', 'with', 'within', 'every', 'save', 'title', 'only'],
  show: ['show', 'save', 'title', 'only'],
  metadata: ['metadata', 'save', 'title', 'only'],
  'relying-party': ['relying-party', 'provider', 'pool', 'domain', 'save', 'title', 'only'],
  'sign-in': ['sign-in', 'to', 'break', 'save', 'expect-error', 'title', 'only'],
  open: ['open', 'title', 'only'],
  agent: ['agent', 'title', 'only'],
  check: ['call', 'with', 'show', 'expect', 'expect-error', 'else', 'within', 'every', 'save', 'title', 'only'],
} as const;

type ActionKind = Exclude<keyof typeof keys, 'check'>;
type ActionStart = Pick<Action, 'id' | 'title' | 'only' | 'range'>;

export class BlockReader {
  readonly #yaml: YamlReader;
  readonly #gathered: Gathered;
  readonly #stepId: string;

  constructor(yaml: YamlReader, gathered: Gathered, stepId: string) {
    this.#yaml = yaml;
    this.#gathered = gathered;
    this.#stepId = stepId;
  }

  action(node: Node, index: number): Action | undefined {
    const kind = this.#kindOf(node);
    const fields = kind && this.#yaml.fields(node, `This ${kind}`, keys[kind]);
    if (!kind || !fields) return undefined;
    this.#gathered.order++;
    const title = this.#yaml.text(fields.get('title'), 'title');
    const base = {
      id: `${this.#stepId}/${index}`,
      range: this.#yaml.rangeOf(node),
      ...(title !== undefined && { title }),
      ...this.#only(fields),
    };
    return this.#act(kind, base, node, fields);
  }

  #kindOf(node: Node): ActionKind | undefined {
    const order: readonly ActionKind[] = [
      'ask',
      'until',
      'call',
      'wait',
      'show',
      'metadata',
      'relying-party',
      'sign-in',
      'open',
      'agent',
    ];
    const given = this.#yaml.entries(node, 'An action').map(([key]) => key);
    const kind = order.find((candidate) => given.includes(candidate));
    if (kind) return kind;
    const guess = given.map((key) => didYouMean(key, order)).find((text) => text !== '');
    return this.#yaml.problem(node, `An action is one of ${order.join(', ')}.${guess ?? ''}`);
  }

  #act(kind: ActionKind, base: ActionStart, node: Node, fields: Fields): Action | undefined {
    const yaml = this.#yaml;
    const required = (name: string) => fields.get(name) ?? yaml.problem(node, `This ${kind} needs ${name}.`);
    switch (kind) {
      case 'call': {
        const request = this.#request(node, fields);
        const expectError = this.#expectError(fields.get('expect-error'));
        const credentials = this.#credentials(fields.get('credentials'), request);
        return (
          request && {
            ...base,
            kind,
            request,
            ...this.#save(fields),
            ...(credentials !== undefined && { credentials }),
            ...(expectError && { expectError }),
          }
        );
      }
      case 'until': {
        const until = this.#until(node, fields);
        return until && { ...base, kind, ...until, ...this.#save(fields) };
      }
      case 'wait': {
        const ms = yaml.duration(fields.get('wait'), 'wait');
        return ms === undefined ? undefined : { ...base, kind, ms };
      }
      case 'ask': {
        const question = this.#template(required('ask'));
        const mail = this.#mail(fields.get('mail'));
        const until = fields.has('until') || fields.has('call') ? this.#until(node, fields) : undefined;
        return question === undefined
          ? undefined
          : { ...base, kind, question, ...(mail && { mail }), ...(until && { until }), ...this.#save(fields) };
      }
      case 'show': {
        const value = this.#template(required('show'));
        return value === undefined ? undefined : { ...base, kind, value, ...this.#save(fields) };
      }
      case 'metadata': {
        const sources = readMetadataSources(fields, this.#tools);
        return sources && { ...base, kind, sources, ...this.#save(fields) };
      }
      case 'relying-party': {
        const of = readRelyingParty(node, fields, this.#tools);
        return of && { ...base, kind, of, ...this.#save(fields) };
      }
      case 'sign-in': {
        const signIn = readSignIn(node, fields, this.#tools);
        const expectError = this.#expectError(fields.get('expect-error'));
        return signIn && { ...base, kind, ...signIn, ...this.#save(fields), ...(expectError && { expectError }) };
      }
      case 'open': {
        const url = this.#template(required('open'));
        const bad = typeof url === 'string' && !/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/]|\$\{)/.test(url);
        if (bad) yaml.problem(required('open') ?? node, 'open takes an https: address.');
        return url === undefined ? undefined : { ...base, kind, url };
      }
      case 'agent': {
        const act = yaml.text(fields.get('agent'), 'agent');
        if (act === 'start' || act === 'stop') return { ...base, kind, act };
        return yaml.problem(fields.get('agent') ?? node, 'agent is start or stop.');
      }
    }
  }

  get #tools(): SamlTools {
    const { uses, order } = this.#gathered;
    return {
      yaml: this.#yaml,
      template: (node) => this.#template(node),
      file: (name, node) => void uses.push({ path: ['files', name], range: this.#yaml.rangeOf(node), order }),
    };
  }

  #only(fields: Fields): { only?: 'sandbox' } {
    const node = fields.get('only');
    const only = this.#yaml.text(node, 'only');
    if (only === 'sandbox') return { only };
    if (node && only !== undefined) this.#yaml.problem(node, 'only is sandbox: elsewhere this is left out.');
    return {};
  }

  #credentials(node: Node | undefined, request: Request | undefined): Template | undefined {
    if (node && request && effectOf(request.operation).effect === 'create')
      return this.#yaml.problem(
        node,
        "What a lab creates it creates with the target's own credentials, so that clean-up can remove it.",
      );
    return this.#template(node);
  }

  check(node: Node, index: number): Check | undefined {
    const yaml = this.#yaml;
    const fields = yaml.fields(node, 'This check', keys.check);
    if (!fields) return undefined;
    this.#gathered.order++;
    const of = this.#checked(node, fields);
    const hint = fields.get('else');
    const text = hint
      ? yaml.text(hint, 'else')
      : yaml.problem(node, 'This check has no else: the hint for the learner when it does not hold.');
    if (hint && text !== undefined) this.#holes(text, hint);
    const expectError = this.#expectError(fields.get('expect-error'));
    const expect = expectError
      ? ''
      : this.#expression(fields.get('expect') ?? yaml.problem(node, 'This check needs expect.'));
    const title = yaml.text(fields.get('title'), 'title');
    const patience = this.#patience(fields);
    if (!of || text === undefined || expect === undefined) return undefined;
    return {
      id: `${this.#stepId}/check/${index}`,
      range: yaml.rangeOf(node),
      of,
      expect,
      else: text,
      ...(title !== undefined && { title }),
      ...this.#only(fields),
      ...(patience && { patience }),
      ...(expectError && { expectError }),
      ...this.#save(fields),
    };
  }

  /** A call's answer, or what was saved. */
  #checked(node: Node, fields: Fields): Check['of'] | undefined {
    const shown = fields.get('show');
    if (!shown) {
      const request = this.#request(node, fields);
      return request && { kind: 'call', request };
    }
    const calls = ['call', 'with', 'within', 'every', 'expect-error', 'save'].find((key) => fields.has(key));
    if (calls !== undefined) return this.#yaml.problem(node, `A check that looks at show has no ${calls}.`);
    const value = this.#template(shown);
    return value === undefined ? undefined : { kind: 'show', value };
  }

  #until(node: Node, fields: Fields): { request: Request; expression: string; patience: Patience } | undefined {
    const request = this.#request(node, fields);
    const expression = this.#expression(
      fields.get('until') ?? this.#yaml.problem(node, 'Say with until what is to hold.'),
    );
    const patience = this.#patience(fields) ?? this.#yaml.problem(node, 'Say with within how long to wait at most.');
    return request && expression !== undefined && patience ? { request, expression, patience } : undefined;
  }

  #patience(fields: Fields): Patience | undefined {
    const withinMs = this.#yaml.duration(fields.get('within'), 'within');
    const everyMs = this.#yaml.duration(fields.get('every'), 'every') ?? defaultEvery;
    return withinMs === undefined ? undefined : { withinMs, everyMs: Math.max(1, everyMs) };
  }

  #request(node: Node, fields: Fields): Request | undefined {
    const yaml = this.#yaml;
    const call = fields.get('call') ?? yaml.problem(node, 'Say with call which operation, such as sqs.CreateQueue.');
    const operation = yaml.text(call, 'call');
    if (!call || operation === undefined) return undefined;
    if (!isOperation(operation))
      return yaml.problem(call, `A lab cannot call ${operation}.${didYouMean(operation, Object.keys(operations))}`);
    const input = fields.get('with');
    const template = this.#template(input);
    const request = { operation, with: template ?? {} };
    const where = input ?? call;
    this.#gathered.calls.push({ request, locate: (path) => (input ? yaml.locate(where, path) : yaml.rangeOf(where)) });
    return request;
  }

  #expectError(node: Node | undefined): ExpectError | undefined {
    const fields = node && this.#yaml.fields(node, 'expect-error', ['code', 'message', 'hint']);
    if (!fields) return undefined;
    const code = this.#yaml.text(fields.get('code') ?? this.#yaml.problem(node, 'expect-error needs code.'), 'code');
    const message = this.#yaml.text(fields.get('message'), 'message');
    const hint = this.#yaml.text(fields.get('hint'), 'hint');
    return code === undefined
      ? undefined
      : { code, ...(message !== undefined && { message }), ...(hint !== undefined && { hint }) };
  }

  #mail(node: Node | undefined): { to: Template; subject?: string; link?: string } | undefined {
    const fields = node && this.#yaml.fields(node, 'mail', ['to', 'subject', 'link']);
    if (!fields) return undefined;
    const to = this.#template(fields.get('to') ?? this.#yaml.problem(node, 'mail needs to.'));
    const subject = this.#yaml.text(fields.get('subject'), 'subject');
    const link = this.#yaml.text(fields.get('link'), 'link');
    return to === undefined
      ? undefined
      : { to, ...(subject !== undefined && { subject }), ...(link !== undefined && { link }) };
  }

  /** Saves count from the action after: what an action saves, it cannot use itself. */
  #save(fields: Fields): { save?: string } {
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

  #template(node: Node | undefined): Template | undefined {
    return node && this.#yaml.template(node, (text, at) => this.#holes(text, at));
  }

  #expression(node: Node | undefined): string | undefined {
    const text = this.#yaml.text(node, 'An expression');
    if (!node || text === undefined) return undefined;
    this.#holes(text, node);
    return this.#tried(node, 0, () => parseBoundExpression(text)) && text;
  }

  /** `at`: where the text begins in the node. An expression may hold others. */
  #holes(text: string, node: Node, at = 0): void {
    const holes = text.includes('${') ? (this.#tried(node, at, () => holesOf(text)) ?? []) : [];
    for (const hole of holes) {
      const from = at + hole.start + 2;
      const expression = this.#tried(node, from, () => parseBoundExpression(hole.text));
      this.#holes(hole.text, node, from);
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
