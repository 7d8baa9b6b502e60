// The front matter of a lab: what it is called, what it needs to know, what names it gives.
import type { Node } from 'yaml';
import { ExpressionError, holesOf, parseExpression, pathsOf } from './expression.ts';
import type { Input, InputType, Lab, Name } from './model.ts';
import type { Gathered } from './parseParts.ts';
import type { YamlReader } from './yamlReader.ts';

export type FrontMatter = Omit<Lab, 'id' | 'folder' | 'intro' | 'steps'>;

const keys = [
  'title',
  'summary',
  'minutes',
  'services',
  'covers',
  'builds-on',
  'source',
  'corrections',
  'inputs',
  'names',
];
const inputKeys = ['label', 'type', 'default', 'help', 'pattern', 'pattern-help', 'choices'];
const inputTypes: readonly InputType[] = ['text', 'email', 'url', 'number', 'choice', 'yes-no', 'file'];
const nameable = /^[A-Za-z][A-Za-z0-9_]*$/;

export function parseFrontMatter(yaml: YamlReader, root: Node, gathered: Gathered): FrontMatter | undefined {
  const fields = yaml.fields(root, 'The front matter', keys);
  if (!fields) return undefined;
  const required = (name: string) => fields.get(name) ?? yaml.problem(root, `The front matter needs ${name}.`);
  const texts = (node: Node | undefined, what: string) =>
    yaml.list(node, what).flatMap((item) => yaml.text(item, what) ?? []);
  const source = yaml.fields(fields.get('source'), 'source', ['title', 'url']);
  const link = source && {
    title: yaml.text(source.get('title'), 'title') ?? '',
    url: yaml.text(source.get('url'), 'url') ?? '',
  };
  if (link && !link.url.startsWith('https://'))
    yaml.problem(fields.get('source') ?? root, 'source needs a url with https:.');
  const base = fields.get('builds-on');
  const buildsOn = yaml.text(base, 'builds-on');
  if (base && buildsOn !== undefined && !/^[\w.-]+$/.test(buildsOn))
    yaml.problem(base, 'builds-on takes the id of a lab: the name of its folder.');
  return {
    title: yaml.text(required('title'), 'title') ?? '',
    summary: yaml.text(required('summary'), 'summary') ?? '',
    minutes: yaml.number(required('minutes'), 'minutes') ?? 0,
    services: texts(required('services'), 'services'),
    covers: texts(required('covers'), 'covers'),
    corrections: texts(fields.get('corrections'), 'corrections'),
    inputs: parseInputs(yaml, fields.get('inputs')),
    names: parseNames(yaml, fields.get('names'), gathered),
    ...(buildsOn !== undefined && { buildsOn }),
    ...(link && { source: link }),
  };
}

function parseInputs(yaml: YamlReader, node: Node | undefined): readonly Input[] {
  return yaml.entries(node, 'inputs').flatMap(([name, keyNode, value]) => {
    if (!nameable.test(name)) yaml.problem(keyNode, `${name} cannot be the name of an input: letters and digits only.`);
    return parseInput(yaml, name, value) ?? [];
  });
}

function parseInput(yaml: YamlReader, name: string, node: Node): Input | undefined {
  const fields = yaml.fields(node, `Input ${name}`, inputKeys);
  if (!fields) return undefined;
  const label = yaml.text(fields.get('label') ?? yaml.problem(node, `Input ${name} needs label.`), 'label');
  const typeNode = fields.get('type');
  const given = yaml.text(typeNode, 'type') ?? 'text';
  const type = inputTypes.find((candidate) => candidate === given);
  if (!type && typeNode) yaml.problem(typeNode, `type is one of ${inputTypes.join(', ')}.`);
  const choices = yaml.list(fields.get('choices'), 'choices').flatMap((item) => yaml.text(item, 'choices') ?? []);
  if (type === 'choice' && choices.length === 0) yaml.problem(node, `Input ${name} of type choice needs choices.`);
  // A lab of a workspace must not name a file of the learner's: only they do.
  if (type === 'file')
    for (const key of ['default', 'pattern', 'choices'])
      if (fields.has(key))
        yaml.problem(fields.get(key) ?? node, `An input of type file has no ${key}: the learner chooses the file.`);
  const optional = {
    help: yaml.text(fields.get('help'), 'help'),
    default: yaml.text(fields.get('default'), 'default'),
    pattern: parsePattern(yaml, fields.get('pattern')),
    patternHelp: yaml.text(fields.get('pattern-help'), 'pattern-help'),
  };
  return {
    name,
    label: label ?? name,
    type: type ?? 'text',
    ...defined(optional),
    ...(choices.length > 0 && { choices }),
  };
}

function parsePattern(yaml: YamlReader, node: Node | undefined): string | undefined {
  const pattern = yaml.text(node, 'pattern');
  if (!node || pattern === undefined) return undefined;
  try {
    return new RegExp(pattern, 'v').source;
  } catch {
    return yaml.problem(node, 'pattern is no regular expression.');
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the members that are undefined. */
function defined<T extends object>(value: T): Defined<T>;
function defined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}

/** Names are saved in their order, so that a later one may be made from an earlier one, and none from what a step saves. */
function parseNames(yaml: YamlReader, node: Node | undefined, gathered: Gathered): readonly Name[] {
  const names: Name[] = [];
  for (const [name, keyNode, value] of yaml.entries(node, 'names')) {
    if (!nameable.test(name)) yaml.problem(keyNode, `${name} cannot be a name: letters and digits only.`);
    const text = yaml.text(value, name) ?? '';
    for (const path of namesIn(yaml, text, value)) {
      const known =
        path[0] === 'names'
          ? names.some((earlier) => earlier.name === path[1])
          : ['inputs', 'target', 'session'].includes(path[0] ?? '');
      if (!known)
        yaml.problem(
          value,
          `The name ${name} can use inputs, target, session and earlier names, not ${path.join('.')}.`,
        );
      gathered.uses.push({ path, range: yaml.rangeOf(value), order: 0 });
    }
    names.push({ name, default: text });
  }
  return names;
}

function namesIn(yaml: YamlReader, text: string, node: Node): readonly (readonly string[])[] {
  try {
    return holesOf(text).flatMap((hole) => pathsOf(parseExpression(hole.text)));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return yaml.problemAt(node, error.offset, 1, `Bad expression: ${error.message}`) ?? [];
  }
}
