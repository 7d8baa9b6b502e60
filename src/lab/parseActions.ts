// The fenced blocks of a lab: `yaml run` -> actions, `yaml check` -> checks.
// In: YAML nodes with their places. Out: actions and checks; all that is wrong goes to the reader's problems.
import type { Node } from 'yaml';
import { effectOf } from '../aws/operations.ts';
import { didYouMean } from './didYouMean.ts';
import type { Action, Check, Request, Template } from './model.ts';
import { type Gathered, PartReader } from './parseParts.ts';
import { readMetadataSources, readRelyingParty, readSignIn, type SamlTools } from './parseSaml.ts';
import type { Fields, YamlReader } from './yamlReader.ts';

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
  readonly #parts: PartReader;

  constructor(yaml: YamlReader, gathered: Gathered, stepId: string) {
    this.#yaml = yaml;
    this.#gathered = gathered;
    this.#stepId = stepId;
    this.#parts = new PartReader(yaml, gathered, stepId);
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
      ...this.#parts.only(fields),
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
        const request = this.#parts.request(node, fields);
        const expectError = this.#parts.expectError(fields.get('expect-error'));
        const credentials = this.#credentials(fields.get('credentials'), request);
        return (
          request && {
            ...base,
            kind,
            request,
            ...this.#parts.save(fields),
            ...(credentials !== undefined && { credentials }),
            ...(expectError && { expectError }),
          }
        );
      }
      case 'until': {
        const until = this.#parts.until(node, fields);
        return until && { ...base, kind, ...until, ...this.#parts.save(fields) };
      }
      case 'wait': {
        const ms = yaml.duration(fields.get('wait'), 'wait');
        return ms === undefined ? undefined : { ...base, kind, ms };
      }
      case 'ask': {
        const question = this.#parts.template(required('ask'));
        const mail = this.#parts.mail(fields.get('mail'));
        const until = fields.has('until') || fields.has('call') ? this.#parts.until(node, fields) : undefined;
        return question === undefined
          ? undefined
          : { ...base, kind, question, ...(mail && { mail }), ...(until && { until }), ...this.#parts.save(fields) };
      }
      case 'show': {
        const value = this.#parts.template(required('show'));
        return value === undefined ? undefined : { ...base, kind, value, ...this.#parts.save(fields) };
      }
      case 'metadata': {
        const sources = readMetadataSources(fields, this.#tools);
        return sources && { ...base, kind, sources, ...this.#parts.save(fields) };
      }
      case 'relying-party': {
        const of = readRelyingParty(node, fields, this.#tools);
        return of && { ...base, kind, of, ...this.#parts.save(fields) };
      }
      case 'sign-in': {
        const signIn = readSignIn(node, fields, this.#tools);
        const expectError = this.#parts.expectError(fields.get('expect-error'));
        return signIn && { ...base, kind, ...signIn, ...this.#parts.save(fields), ...(expectError && { expectError }) };
      }
      case 'open': {
        const url = this.#parts.template(required('open'));
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
      template: (node) => this.#parts.template(node),
      file: (name, node) => void uses.push({ path: ['files', name], range: this.#yaml.rangeOf(node), order }),
    };
  }

  #credentials(node: Node | undefined, request: Request | undefined): Template | undefined {
    if (node && request && effectOf(request.operation).effect === 'create')
      return this.#yaml.problem(
        node,
        "What a lab creates it creates with the target's own credentials, so that clean-up can remove it.",
      );
    return this.#parts.template(node);
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
    if (hint && text !== undefined) this.#parts.holes(text, hint);
    const expectError = this.#parts.expectError(fields.get('expect-error'));
    const expect = expectError
      ? ''
      : this.#parts.expression(fields.get('expect') ?? yaml.problem(node, 'This check needs expect.'));
    const title = yaml.text(fields.get('title'), 'title');
    const patience = this.#parts.patience(fields);
    if (!of || text === undefined || expect === undefined) return undefined;
    return {
      id: `${this.#stepId}/check/${index}`,
      range: yaml.rangeOf(node),
      of,
      expect,
      else: text,
      ...(title !== undefined && { title }),
      ...this.#parts.only(fields),
      ...(patience && { patience }),
      ...(expectError && { expectError }),
      ...this.#parts.save(fields),
    };
  }

  /** A call's answer, or what was saved. */
  #checked(node: Node, fields: Fields): Check['of'] | undefined {
    const shown = fields.get('show');
    if (!shown) {
      const request = this.#parts.request(node, fields);
      return request && { kind: 'call', request };
    }
    const calls = ['call', 'with', 'within', 'every', 'expect-error', 'save'].find((key) => fields.has(key));
    if (calls !== undefined) return this.#yaml.problem(node, `A check that looks at show has no ${calls}.`);
    const value = this.#parts.template(shown);
    return value === undefined ? undefined : { kind: 'show', value };
  }
}
