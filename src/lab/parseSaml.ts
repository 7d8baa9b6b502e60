// The actions that deal with SAML, read from YAML: `metadata`, `relying-party` and `sign-in`.
import { isMap, isSeq, type Node } from 'yaml';
import { didYouMean } from './didYouMean.ts';
import type { Action, MetadataSource, RelyingParty, SignInTo, Template } from './model.ts';
import type { Fields, YamlReader } from './yamlReader.ts';

export interface SamlTools {
  readonly yaml: YamlReader;
  template(node: Node | undefined): Template | undefined;
  /** A file of the lab is named. */
  file(name: string, node: Node): void;
}

/** What the sandbox's identity provider can do wrong on purpose. */
export const signInBreaks: readonly string[] = [
  'audience',
  'recipient',
  'time',
  'altered',
  'other-key',
  'wrapped',
  'comment',
  'no-role',
];

export function readMetadataSources(fields: Fields, tools: SamlTools): readonly MetadataSource[] | undefined {
  const node = fields.get('metadata');
  if (!node) return undefined;
  const listed = isSeq(node) ? tools.yaml.list(node, 'metadata') : [node];
  const sources = listed.flatMap((one) => readSource(one, tools) ?? []);
  if (listed.length === 0) tools.yaml.problem(node, sourceForms);
  return sources.length === 0 ? undefined : sources;
}

const sourceForms =
  'metadata is identity-provider, a file of the lab (files/...), an input of type file (${inputs...}), or a text that was saved; or a list of those, of which the first that is there is read.';

function readSource(node: Node, { yaml, template, file: uses }: SamlTools): MetadataSource | undefined {
  const text = yaml.text(node, 'metadata');
  if (text === undefined) return undefined;
  if (text === 'identity-provider') return { kind: 'identity-provider' };
  const [, file] = /^files\/([^"\\$]+)$/.exec(text) ?? [];
  if (file !== undefined) {
    // Read as any file of the lab is: from the folder "files", and nothing else.
    uses(file, node);
    return { kind: 'file', name: file, text: `\${files."${file}"}` };
  }
  const read = template(node);
  const [, name] = /^\$\{\s*inputs\.(\w+)\s*\}$/.exec(text) ?? [];
  if (name !== undefined) return { kind: 'input', name };
  return text.includes('${') && read !== undefined ? { kind: 'text', text: read } : yaml.problem(node, sourceForms);
}

export function readRelyingParty(node: Node, fields: Fields, { yaml, template }: SamlTools): RelyingParty | undefined {
  const given = fields.get('relying-party') ?? node;
  const kind = yaml.text(given, 'relying-party');
  const needed = { aws: ['provider'], cognito: ['pool', 'domain'] }[kind ?? ''];
  if (!needed) return yaml.problem(given, 'relying-party is aws or cognito.');
  for (const key of ['provider', 'pool', 'domain'])
    if (fields.has(key) !== needed.includes(key))
      yaml.problem(
        fields.get(key) ?? node,
        `relying-party: ${kind} ${needed.includes(key) ? 'needs' : 'has no'} ${key}.`,
      );
  const [provider, pool, domain] = ['provider', 'pool', 'domain'].map((key) => template(fields.get(key)));
  if (kind === 'aws') return provider === undefined ? undefined : { kind, provider };
  return pool === undefined || domain === undefined ? undefined : { kind: 'cognito', pool, domain };
}

export function readSignIn(
  node: Node,
  fields: Fields,
  tools: SamlTools,
): Pick<Extract<Action, { kind: 'sign-in' }>, 'user' | 'to' | 'break'> | undefined {
  const { yaml, template } = tools;
  const user = template(fields.get('sign-in'));
  const toNode = fields.get('to') ?? yaml.problem(node, 'Say with to where: aws, or a user pool.');
  const to = toNode && readTo(toNode, tools);
  const breakNode = fields.get('break');
  const broken = yaml.text(breakNode, 'break');
  if (breakNode && broken !== undefined && !signInBreaks.includes(broken))
    yaml.problem(breakNode, `break is one of ${signInBreaks.join(', ')}.${didYouMean(broken, signInBreaks)}`);
  return user === undefined || !to ? undefined : { user, to, ...(broken !== undefined && { break: broken }) };
}

const toKeys = ['domain', 'client', 'callback', 'provider', 'scope'] as const;

function readTo(node: Node, { yaml, template }: SamlTools): SignInTo | undefined {
  if (!isMap(node)) {
    if (yaml.text(node, 'to') === 'aws') return { kind: 'aws' };
    return yaml.problem(node, `to is aws, or a map of ${toKeys.join(', ')}.`);
  }
  const fields = yaml.fields(node, 'to', toKeys);
  if (!fields) return undefined;
  const needed = (key: (typeof toKeys)[number]) => template(fields.get(key) ?? yaml.problem(node, `to needs ${key}.`));
  const [domain, client, callback, provider] = [
    needed('domain'),
    needed('client'),
    needed('callback'),
    needed('provider'),
  ];
  const scope = template(fields.get('scope'));
  if (domain === undefined || client === undefined || callback === undefined || provider === undefined)
    return undefined;
  return { kind: 'cognito', domain, client, callback, provider, ...(scope !== undefined && { scope }) };
}
