import * as vscode from 'vscode';
import { readTags, type Tagged } from '../../../aws/actions/tags.ts';
import { isKind, kinds, type KindName } from '../../../aws/resources/kinds.ts';
import type { Look, ResourceKey } from '../../../aws/resources/kind.ts';
import type { Target } from '../../../aws/target.ts';
import { Refusal } from '../../explain.ts';
import type { Targets } from '../../targets.ts';
import type { Aim } from '../aim.ts';

const scheme = 'aws-labs-json';

/** What the address says, so that a document that is opened again after a reload is read again. */
interface Wanted {
  readonly kind: KindName | 'object';
  readonly key: ResourceKey;
}

function jsonUri(aim: Aim, { account, region }: Pick<Target, 'account' | 'region'>): vscode.Uri {
  const wanted = wantedOf(aim);
  const name = aim.kind === 'resource' ? aim.found.name : wanted.key['key'];
  const file = (name ?? '').replaceAll(/[^\p{L}\p{N}_.-]+/gu, '_').slice(-80);
  const path = `/${wanted.kind}/${account}/${region}/${file}.json`;
  return vscode.Uri.from({ scheme, path, query: JSON.stringify(wanted) });
}

function wantedOf(aim: Aim): Wanted {
  if (aim.kind === 'resource') return { kind: aim.found.kind, key: aim.found.key };
  if (aim.kind === 'object') return { kind: 'object', key: { bucket: aim.bucket.name, key: aim.key } };
  throw new Refusal({ what: 'Only one resource or object can be shown as JSON.', advice: 'Choose one.' });
}

/** Read-only documents: what AWS tells about one resource, its tags included. Read anew each time one is shown. */
export class JsonDocuments implements vscode.TextDocumentContentProvider {
  readonly #targets: Targets;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  /** Read a moment ago, by address, for the editor to fetch. */
  readonly #fresh = new Map<string, string>();
  readonly onDidChange = this.#changed.event;

  constructor(targets: Targets) {
    this.#targets = targets;
  }

  register(): vscode.Disposable {
    return vscode.Disposable.from(vscode.workspace.registerTextDocumentContentProvider(scheme, this), this.#changed);
  }

  /** Answers with the text. */
  async show(aim: Aim, target: Target): Promise<string> {
    const uri = jsonUri(aim, target);
    const text = await textOf(target, uri);
    this.#fresh.set(uri.toString(), text);
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
    this.#fresh.delete(uri.toString());
    return text;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return this.#fresh.get(uri.toString()) ?? textOf(await this.#targets.open(), uri);
  }
}

async function textOf(target: Target, { path, query }: vscode.Uri): Promise<string> {
  const [, , account, region] = path.split('/');
  if (account !== target.account || region !== target.region)
    return `// This is of account ${account} in ${region}. Switch the target there, and open it again.\n`;
  return `${JSON.stringify(await read({ target }, query), replacer, 2)}\n`;
}

async function read(look: Look, query: string): Promise<unknown> {
  const { kind, key } = parse(query);
  if (kind === 'object') return readObject(look, key['bucket'] ?? '', key['key'] ?? '');
  const found = await kinds[kind].find(look, key);
  const described = found && (await kinds[kind].describe(look, found));
  if (described === undefined) throw new Refusal({ what: 'It is no longer there.' });
  const { name, arn, ref, facts } = described;
  return { kind, name, ...(arn !== undefined && { arn }), ref, facts, tags: await tagsOf(look, described) };
}

async function readObject(look: Look, bucket: string, key: string): Promise<unknown> {
  const facts = await look.target.send('s3.HeadObject', { Bucket: bucket, Key: key });
  return { kind: 'object', bucket, key, facts, tags: await tagsOf(look, { kind: 'object', bucket, key }) };
}

/** Whoever may not read the tags still sees the rest. */
function tagsOf(look: Look, of: Tagged): Promise<unknown> {
  return readTags(look, of).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
}

/** The query is ours, but an address can be typed by anybody. */
function parse(query: string): Wanted {
  const parsed: unknown = JSON.parse(query);
  const { kind, key }: { kind?: unknown; key?: unknown } = typeof parsed === 'object' && parsed !== null ? parsed : {};
  const isKey = typeof key === 'object' && key !== null && Object.values(key).every((part) => typeof part === 'string');
  if (typeof kind === 'string' && isKey && (kind === 'object' || isKind(kind)))
    return { kind, key: key as ResourceKey };
  throw new Refusal({ what: 'This address names no resource.' });
}

/** Policies and the like are JSON in strings: shown as what they are. */
function replacer(_name: string, value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
