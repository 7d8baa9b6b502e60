// Reads every import of the product and holds it to the table: who may know whom.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Folder -> the other folders of src that it may import. `aws types` etc. are no exceptions: a type is knowledge too. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  lab: ['aws', 'saml', 'agent'],
  aws: [],
  peek: ['aws'],
  agent: ['aws'],
  saml: [],
  sandbox: ['saml'],
  protocol: [],
  host: ['lab', 'aws', 'peek', 'agent', 'saml', 'protocol'],
  cli: ['lab', 'aws', 'saml', 'agent', 'peek'],
  webview: ['protocol'],
  'extension.ts': ['host', 'lab', 'aws', 'peek', 'agent', 'saml', 'protocol'],
  'cli.ts': ['cli', 'lab', 'aws', 'saml'],
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

const files = globSync(['src/**/*.ts', 'webview/**/*.ts']);
const imports = files.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const statement =
    /^\s*(?:import|export)\s+(type\s+)?[^;'"]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;
  return [...text.matchAll(statement)].map(([, type, from, bare, dynamic]) => ({
    file,
    from: from ?? bare ?? dynamic ?? '',
    typeOnly: type !== undefined,
  }));
}

/** `src/lab/parse.ts` -> `lab`; `src/cli.ts` -> `cli.ts`; `webview/lab/main.ts` -> `webview`. */
function folderOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'src' ? second : top;
}

function ours({ file, from }: Import): string | undefined {
  return from.startsWith('.') ? normalize(join(dirname(file), from)) : undefined;
}

const foreign = imports.filter((one) => ours(one) === undefined);
const say = ({ file, from }: Import) => `${file} imports ${from}`;

test('there is something to hold to the table', () => {
  expect(imports.length).toBeGreaterThan(100);
});

test('every folder stands in the table', () => {
  expect([...new Set(files.map(folderOf))].filter((folder) => !Object.hasOwn(mayImport, folder))).toEqual([]);
});

test.each(Object.keys(mayImport))('%s imports only what it may', (folder) => {
  const allowed = [folder, ...(mayImport[folder] ?? [])];
  const own = imports.filter(({ file }) => folderOf(file) === folder);
  const wrong = own.filter((one) => {
    const target = ours(one);
    return target !== undefined && !allowed.includes(folderOf(target)) && !target.endsWith('.css');
  });
  expect(wrong.map(say)).toEqual([]);
});

describe('packages', () => {
  test("only host and the extension import 'vscode'", () => {
    const wrong = foreign.filter(
      ({ file, from }) => from === 'vscode' && !['host', 'extension.ts'].includes(folderOf(file)),
    );
    expect(wrong.map(say)).toEqual([]);
  });

  test('protocol and webview import nothing of Node', () => {
    const wrong = foreign.filter(
      ({ file, from }) => from.startsWith('node:') && ['protocol', 'webview'].includes(folderOf(file)),
    );
    expect(wrong.map(say)).toEqual([]);
  });

  test('protocol imports types only', () => {
    expect(imports.filter(({ file, typeOnly }) => folderOf(file) === 'protocol' && !typeOnly).map(say)).toEqual([]);
  });

  test('lab, peek, agent and host reach AWS through aws only', () => {
    const wrong = foreign.filter(
      ({ file, from }) =>
        from.startsWith('@aws-sdk/') &&
        ['lab', 'peek', 'agent', 'host', 'cli', 'cli.ts', 'saml', 'extension.ts'].includes(folderOf(file)),
    );
    expect(wrong.map(say)).toEqual([]);
  });

  test('AWS clients are imported when first used', () => {
    const wrong = imports.filter(
      ({ file, from, typeOnly }) => folderOf(file) === 'aws' && from.startsWith('@aws-sdk/client-') && !typeOnly,
    );
    expect(
      wrong.filter(({ file, from }) => !readFileSync(file, 'utf8').includes(`await import('${from}')`)).map(say),
    ).toEqual([]);
  });
});
