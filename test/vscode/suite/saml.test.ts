import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import { buildIdpMetadata } from '../../../src/saml/message/buildMetadata.ts';
import { buildResponse } from '../../../src/saml/message/buildResponse.ts';
import { keyPair } from '../../saml/keys.ts';
import { adfs, aggregate, okta } from '../../saml/samples.ts';
import { figure } from '../suiteHost.ts';

/** SAML metadata and messages, as the editor itself asks for what it shows. */
describe('SAML', () => {
  const key = keyPair();
  const signing = key.certificate;
  const good = okta({ signing });
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is judged as one types, at the right words of a file in one line; a fix mends', async () => {
    const document = await shown(adfs({ signing }).replace('use="signing"', 'use="singing"'));
    assert.equal(document.lineCount, 1);
    const problem = await until(() => problemsOf(document).find(({ range }) => document.getText(range) === 'singing'));
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    await replace(document, 'singing', 'signing');
    await until(() => (problemsOf(document).some(isError) ? undefined : true));

    await replace(document, 'Location="https://', 'Location="http://');
    await vscode.commands.executeCommand('awsLabs.samlProfile', 'iam');
    const plain = await until(() => problemsOf(document).find(({ range }) => document.getText(range) === 'http'));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      plain.range,
    );
    const fix = actions.find(({ title }) => title.includes('https')) ?? assert.fail('no fix');
    assert.ok(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
    await until(() => (problemsOf(document).some(({ code }) => code === plain.code) ? undefined : true));
    await vscode.commands.executeCommand('awsLabs.samlProfile', 'any');
  });

  it('other XML is left alone', async () => {
    // A file: an untitled one may be given the text of the one before it, whose name it has.
    const uri = vscode.Uri.joinPath(folder(), 'other.xml');
    await vscode.workspace.fs.writeFile(uri, Buffer.from('<project><EntityDescriptor/></project>'));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual(problemsOf(document), []);
    assert.deepEqual(await lenses(document), []);
  });

  it('a byte order mark is said, and taken away', async () => {
    const uri = vscode.Uri.joinPath(folder(), 'marked-metadata.xml');
    await vscode.workspace.fs.writeFile(uri, Buffer.from(`\uFEFF${good}`));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const problem = await until(() => problemsOf(document).find(({ code }) => code === 'R3'));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      problem.range,
    );
    const { command } = actions.find(({ title }) => title.includes('byte order mark')) ?? {};
    await vscode.commands.executeCommand(command?.command ?? '', ...(command?.arguments ?? []));
    assert.equal((await vscode.workspace.fs.readFile(uri))[0], 0x3c);
    await until(() => (problemsOf(document).some(({ code }) => code === 'R3') ? undefined : true));
  });

  it('hovers tell certificates, and show no Markdown of others', async () => {
    const hostile = 'https://a/`[press](command:awsLabs.resetSandbox)<img src=x>';
    const escaped = hostile.replace('<', '&lt;').replace('>', '&gt;');
    const document = await shown(good.replace(/entityID="[^"]*"/, `entityID="${escaped}"`));
    const certificate = await hover(document, document.getText().indexOf('MII') + 5);
    assert.match(certificate.value, /SHA-1: ` [0-9A-F]{40} `/);
    assert.match(certificate.value, /Subject: ` CN=idp\.example\.com `/);
    const name = await hover(document, document.getText().indexOf('https://a/') + 3);
    assert.ok(name.value.includes(`\`\` ${hostile} \`\``), name.value);
    assert.ok(!name.isTrusted && !name.supportHtml);
  });

  it('has an outline, folds, and lines above it', async () => {
    const document = await shown(good.replaceAll('><', '>\n<'));
    const [root] = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.equal(root?.name, 'EntityDescriptor');
    assert.ok(root.children.flatMap(({ children }) => children).some(({ name }) => name === 'SingleSignOnService'));
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.ok(folds.length > 3);
    assert.deepEqual(await lenses(document), [
      'Create IAM provider',
      'Create Cognito identity provider',
      'Extract the signing certificate',
      'Formatted view',
      'Report',
      'Round trip',
    ]);
  });

  it('the signing certificate is taken out as PEM', async () => {
    const document = await shown(good);
    await vscode.commands.executeCommand('awsLabs.samlExtractCertificate', document.uri);
    const pem = await active((text) => text.startsWith('-----BEGIN CERTIFICATE-----'));
    assert.equal(pem.getText().replaceAll(/-----[^-]+-----|\s/g, ''), signing.replaceAll(/\s/g, ''));
  });

  it('the formatted view leaves the file alone, and marks the same words', async () => {
    const document = await shown(adfs({ signing }).replace('use="signing"', 'use="singing"'));
    const before = document.getText();
    await vscode.commands.executeCommand('awsLabs.samlFormatted', document.uri);
    const view = await active((text) => text.includes('\n  <'));
    assert.equal(view.uri.scheme, 'aws-labs-saml');
    await until(() => problemsOf(view).find(({ range }) => view.getText(range) === 'singing'));
    assert.equal(document.getText(), before);
    assert.equal(document.isDirty, true);
  });

  it('the report opens, also beside an older file', async () => {
    const before = await shown(good);
    const document = await shown(good.replaceAll(signing, keyPair({ name: 'next' }).certificate));
    await vscode.commands.executeCommand('awsLabs.samlReport', document.uri, before.uri);
    await until(() =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('awsLabs.saml')),
    );
  });

  it('a response is decoded, and checked against metadata', async () => {
    const entityID = 'https://idp.example.com/saml';
    const metadata = await shown(
      buildIdpMetadata({ entityID, signing: [signing], signOn: { redirect: `${entityID}/sso` } }),
    );
    const xml = buildResponse({
      issuer: entityID,
      destination: 'https://signin.aws.amazon.com/saml',
      audience: 'urn:amazon:webservices',
      nameId: { value: 'ada@example.com' },
      attributes: {},
      now: Date.now(),
      ids: { response: '_r1', assertion: '_a1' },
      key,
    });
    const decode = async (message: string) => {
      const text = Buffer.from(message).toString('base64');
      await vscode.commands.executeCommand('awsLabs.samlDecode', { text, metadata: metadata.uri });
      return active((shownText) => shownText.includes('Undone: base64'));
    };
    const view = await decode(xml);
    assert.match(view.getText(), /\n +<[\w:]*NameID.*ada@example\.com/);
    assert.deepEqual(problemsOf(view).filter(isError), []);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    const forged = await decode(xml.replace('ada@', 'eve@'));
    await until(() => problemsOf(forged).find(({ code }) => code === 'R41'));
  });

  it('70 KB are judged while the finger is still down', async () => {
    const document = await shown(longAdfs(signing));
    await until(() => (problemsOf(document).length > 0 ? true : undefined), 1);
    const times: number[] = [];
    for (const [from, to] of Array.from({ length: 20 }, () => [
      ['use="signing"', 'use="singing"'],
      ['use="singing"', 'use="signing"'],
    ]).flat() as [string, string][]) {
      await replace(document, from, to);
      const typed = performance.now();
      await until(() => (problemsOf(document).some(isError) === (to === 'use="singing"') ? true : undefined), 1);
      times.push(performance.now() - typed);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    times.sort((a, b) => a - b);
    figure(
      '66 KB of AD FS, from the last letter to all findings',
      `${ms(times[20] ?? 0)}, at most ${ms(times[39] ?? 0)}`,
    );
  });

  it('memory comes back', async function () {
    this.timeout(180_000);
    const document = await shown(longAdfs(signing));
    const rounds = 100;
    const edit = async (at: number) => {
      const from = `use="${at % 2 === 0 ? 'signing' : 'singing'}"`;
      const to = `use="${at % 2 === 0 ? 'singing' : 'signing'}"`;
      await replace(document, from, to);
      await until(() => (problemsOf(document).some(isError) === (at % 2 === 0) ? true : undefined), 1);
    };
    for (let at = 0; at < 20; at++) await edit(at);
    const before = heapMb();
    for (let at = 0; at < rounds; at++) await edit(at);
    const after = heapMb();
    figure(
      `the host's heap before and after ${rounds} judgements of 66 KB`,
      `${before.toFixed(1)} MB, ${after.toFixed(1)} MB`,
    );
    assert.ok(after - before < 20, `${before} ${after}`);
  });

  it('2 MB are judged in a thread of its own', async () => {
    const entity = good.replace(/^<\?xml[^>]*>\s*/, '');
    const count = Math.ceil(2_000_000 / entity.length);
    const many = Array.from({ length: count }, (_, at) =>
      entity
        .replace(/entityID="[^"]*"/, `entityID="https://${at}.example.com/"`)
        .replace('use="signing"', at === 9 ? 'use="singing"' : 'use="signing"'),
    );
    await shown('<EntityDescriptor/>');
    const marked = (document: vscode.TextDocument) =>
      until(
        () => (problemsOf(document).some(({ range }) => document.getText(range) === 'singing') ? true : undefined),
        10,
      );
    const content = aggregate(many);
    const quiet = () => new Promise((resolve) => setTimeout(resolve, 1500));
    const idle = await stallDuring(quiet);
    const plain = await stallDuring(async () => {
      await vscode.workspace.openTextDocument({ language: 'plaintext', content });
      await quiet();
    });
    const opening = await stallDuring(async () => {
      await vscode.workspace.openTextDocument({ language: 'xml', content });
      await quiet();
    });
    const began = performance.now();
    const document = await shown(`${content} `);
    const opened = performance.now();
    await marked(document);
    figure('2 MB of metadata', `opened in ${ms(opened - began)}, judged ${ms(performance.now() - opened)} later`);
    await quiet();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), ' ');
    const typing = await stallDuring(async () => {
      await vscode.workspace.applyEdit(edit);
      await quiet();
    });
    figure(
      'the longest stall of the host with 2 MB',
      `${ms(opening)} when opened (as plain text ${ms(plain)}), ${ms(typing)} after a letter, ${ms(idle)} when idle`,
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

/** The longest that the host's own thread stood still meanwhile. */
async function stallDuring(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
}

function heapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let times = 0; times < 3; times++) collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** As long as a real one: some 66 KB in one line. */
function longAdfs(certificate: string): string {
  const text = adfs({ signing: certificate });
  const attribute = /<Attribute [^>]*\/>/.exec(text)?.[0] ?? '';
  const claim = /<auth:ClaimType .*?<\/auth:ClaimType>/.exec(text)?.[0] ?? '';
  const many = (one: string) => Array.from({ length: 60 }, (_, at) => one.replace('claims/', `claims/c${at}`)).join('');
  return text.replace(attribute, many(attribute)).replaceAll(claim, many(claim));
}

const ms = (time: number): string => `${time.toFixed(0)} ms`;
const isError = ({ severity }: vscode.Diagnostic): boolean => severity === vscode.DiagnosticSeverity.Error;

const folder = (): vscode.Uri => vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder');

async function shown(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'xml', content });
  await vscode.window.showTextDocument(document);
  return document;
}

const problemsOf = ({ uri }: vscode.TextDocument): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'AWS Labs');

async function replace(document: vscode.TextDocument, text: string, other: string): Promise<void> {
  const at = document.getText().indexOf(text);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + text.length)), other);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

function hover(document: vscode.TextDocument, offset: number): Promise<vscode.MarkdownString> {
  return until(async () => {
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      document.positionAt(offset),
    );
    const contents = found.flatMap((one) => one.contents);
    return contents.find((one) => one instanceof vscode.MarkdownString && one.value.startsWith('**')) as
      vscode.MarkdownString | undefined;
  });
}

async function lenses({ uri }: vscode.TextDocument): Promise<(string | undefined)[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
  return found.map(({ command }) => command?.title);
}

function active(fits: (text: string) => boolean): Promise<vscode.TextDocument> {
  return until(() => {
    const document = vscode.window.activeTextEditor?.document;
    return document && fits(document.getText()) ? document : undefined;
  });
}

async function until<T>(look: () => T | undefined | Promise<T | undefined>, every = 50): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  throw new Error('It did not come.');
}
