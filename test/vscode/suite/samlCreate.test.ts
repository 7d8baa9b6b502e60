// What is made from SAML metadata, by commands that are called as the lines above it, notices and keys call them, and answered without a
// person. The sandbox is the judge: its own identity provider's assertions are taken, or not.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { awsSpMetadata, buildIdpMetadata } from '../../../src/saml/message/buildMetadata.ts';
import { keyPair } from '../../saml/keys.ts';
import { adfs } from '../../saml/samples.ts';

interface Found {
  readonly kind: string;
  readonly name: string;
  readonly ref: string;
  readonly arn?: string;
}

interface SignIn {
  readonly poolId: string;
  readonly address: string;
  readonly provider: string;
  readonly clientId?: string;
  readonly signInUrl?: string;
}

// What a command answers is only known to the command; each test says what it expects.
const run = <T>(command: string, ...args: readonly unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(`awsLabs.${command}`, ...args);
const sure = ({ name }: { readonly name: string }) => ({ confirm: name });

describe('what is made from SAML metadata', function () {
  this.timeout(60_000);
  const signing = keyPair().certificate;
  const next = keyPair({ name: 'next' }).certificate;
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('an IAM provider, from the document in front, one that is named, or the sandbox itself', async () => {
    const document = await shown(adfs({ signing }));
    const named = await run<Found>('createIamProvider', document.uri, { name: 'ADFS' });
    assert.match(named.arn ?? '', /^arn:aws:iam::\d{12}:saml-provider\/ADFS$/);
    assert.equal((await run<Found>('createIamProvider', { answers: { name: 'Front' } })).name, 'Front');
    const own = await run<Found>('createIamProvider', undefined, { name: 'Own', metadata: 'sandbox' });
    for (const found of [named, { ...named, name: 'Front' }, own])
      assert.equal(await run('deleteSignIn', { kind: 'samlProvider', name: found.name }, sure(found)), true);
    assert.equal(await run('deleteSignIn', { made: [named] }, sure(named)), true, 'what is gone is gone');
  });

  it('what AWS would refuse is said before, and one may go on; a name that AWS refuses makes nothing', async () => {
    const wrong = await shown(awsSpMetadata(['us-east-1', 'eu-west-1']));
    assert.equal(await run('createIamProvider', wrong.uri, { name: 'Wrong' }), undefined);
    assert.equal(
      await run('createIamProvider', wrong.uri, { name: 'Wrong', anyway: true }),
      undefined,
      'AWS refuses it',
    );
    assert.deepEqual(await lenses(wrong), ['Formatted view', 'Report'], 'nothing is offered that cannot be');
    const document = await shown(adfs({ signing }));
    for (const name of ['a b', 'ä', 'x'.repeat(129), ''])
      assert.equal(await run('createIamProvider', document.uri, { name }), undefined, name);
  });

  it('a provider that is there gets the new metadata only when that is agreed to', async () => {
    const before = await shown(adfs({ signing }));
    const found = await run<Found>('createIamProvider', before.uri, { name: 'Rolled' });
    const after = await shown(adfs({ signing: next }));
    assert.deepEqual(await run('createIamProvider', after.uri, { name: 'Rolled', ...sure(found) }), found);
    const json = await run<string>('showAsJson', { aim: { kind: 'resource', found } });
    assert.ok(json.includes(next.slice(0, 60)), 'the new certificate is there');
    assert.equal(await run('deleteSignIn', { made: [found] }, sure(found)), true);
  });

  it('a role that trusts it, in chosen regions, also after a look at its trust policy', async () => {
    const provider = await run<Found>('createIamProvider', undefined, { name: 'Trusted', metadata: 'sandbox' });
    const answers = {
      name: 'Readers',
      regions: ['us-east-1', 'eu-central-1'],
      tagSession: true,
      hours: '2',
      policy: 'ReadOnlyAccess',
    };
    const role = await run<Found>('createSamlRole', { provider: 'Trusted' }, answers);
    assert.equal(await run('copyArn', { aim: { kind: 'resource', found: role } }), role.arn);
    const trust = await trustOf(role);
    assert.deepEqual(trust.Action, ['sts:AssumeRoleWithSAML', 'sts:TagSession']);
    assert.deepEqual(trust.Principal, { Federated: provider.arn });
    const [first, second, standIn] = trust.Condition.StringEquals['SAML:aud'] ?? [];
    assert.equal(first, 'https://signin.aws.amazon.com/saml');
    assert.equal(second, 'https://eu-central-1.signin.aws.amazon.com/saml');
    assert.match(standIn ?? '', /^http:\/\/signin\.localhost:\d+\/saml$/);

    const edited = run<Found>('createSamlRole', { provider: provider.arn }, { name: 'Edited', edit: true });
    const draft = await active('Edited-trust.policy.json');
    assert.equal(draft.uri.scheme, 'untitled');
    const [create, leave] = await until(async () => {
      const found = await codeLenses(draft);
      return found.length === 2 ? found : undefined;
    });
    assert.match(create?.command?.title ?? '', /Create the role Edited/);
    await replaceAll(draft, draft.getText().replace('"Allow"', '"Alow"'));
    await take(create);
    assert.ok(!draft.isClosed, 'what AWS would refuse stays open');
    await replaceAll(draft, draft.getText().replace('"Alow"', '"Allow"').replace('SAML:aud', 'saml:aud'));
    await take(create);
    assert.ok((await trustOf(await edited)).Condition.StringEquals['saml:aud']);

    const left = run<Found>('createSamlRole', { provider: provider.arn }, { name: 'Left', edit: true });
    const other = await active('Left-trust.policy.json');
    await until(async () => ((await codeLenses(other)).length === 2 ? true : undefined));
    await take((await codeLenses(other))[1] ?? leave);
    assert.equal(await left, undefined);
    assert.equal(await run('createSamlRole', { provider: 'Nobody' }, { name: 'X' }), undefined);
    assert.equal(await run('createSamlRole', { provider: 'Trusted' }, answers), undefined, 'it is there already');
    for (const found of [role, await edited, provider])
      assert.equal(await run('deleteSignIn', { made: [found] }, sure(found)), true);
  });

  it('a Cognito provider with pool, domain and client, through which somebody signs in', async () => {
    const wish = { metadata: 'sandbox', newPool: 'Learners', domain: 'learners-1', name: 'Company', client: 'web' };
    const callbacks = 'http://localhost:3000/in';
    const made = await run<SignIn>('createCognitoProvider', undefined, { ...wish, callbacks });
    assert.match(made.address, /^http:\/\/learners-1\.auth\..*\.localhost:\d+$/);
    assert.match(made.signInUrl ?? '', /identity_provider=Company/);
    const { status, headers } = await visit(made.signInUrl ?? '');
    assert.ok(status === 302 && /idp\.localhost.*SAMLRequest=/.test(headers ?? ''), `${status} ${headers}`);

    const sp = await run<string>('spMetadata', { pool: made.poolId }, {});
    assert.ok(sp.includes(`urn:amazon:cognito:sp:${made.poolId}`) && sp.includes(`${made.address}/saml2/idpresponse`));
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'xml');
    assert.equal(document.getText(), sp);

    const again = { metadata: 'sandbox', pool: 'Learners', name: 'Company', client: '', confirm: 'Company' };
    assert.equal((await run<SignIn>('createCognitoProvider', undefined, again)).poolId, made.poolId);
    const taken = { ...wish, newPool: 'Others', callbacks, halfWay: 'remove' };
    assert.equal(await run('createCognitoProvider', undefined, taken), undefined, 'the domain is taken');
    assert.equal(await run('deleteSignIn', { kind: 'userPool', name: 'Others' }, { confirm: 'Others' }), undefined);
    assert.equal(await run('deleteSignIn', { kind: 'userPool', name: 'Learners' }, { confirm: 'Learners' }), true);
  });

  it('metadata that is too long for Cognito is given by its address', async () => {
    const own = await run<string>('spMetadata', undefined, { service: 'aws', regions: ['us-east-1'] });
    const port = /signin\.localhost:(\d+)/.exec(own)?.[1] ?? assert.fail('no stand-in');
    const entityID = 'http://idp.localhost/saml';
    const metadata = buildIdpMetadata({ entityID, signing: [signing], signOn: { redirect: `${entityID}/sso` } });
    const long = await shown(metadata.replace('<md:IDP', `<!-- ${'x'.repeat(140_000)} -->\n<md:IDP`));
    const wish = { newPool: 'Long', domain: 'long-1', name: 'Company' };
    const refused = { ...wish, metadataUrl: 'http://sts.example.com/metadata' };
    assert.equal(await run('createCognitoProvider', long.uri, refused), undefined, 'https is wanted');
    const metadataUrl = `http://idp.localhost:${port}/metadata`;
    const made = await run<SignIn>('createCognitoProvider', long.uri, { ...wish, metadataUrl });
    assert.equal(made.provider, 'Company');
    assert.equal(made.clientId, undefined);
    assert.equal(await run('deleteSignIn', { kind: 'userPool', name: made.poolId }, { confirm: 'Long' }), true);
  });

  it('AD FS claim rules, alone and as a script; the trap is told', async () => {
    const rules = await run<string>('adfsClaimRules', { provider: 'ADFS' }, { groupPrefix: 'Cloud' });
    assert.match(rules, /saml-provider\/ADFS/);
    assert.match(rules, /\^Cloud-\(\[\\d\]\{12\}\)/);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), rules);
    const script = await run<string>('adfsClaimRules', { answers: { provider: 'ADFS', form: 'powershell' } });
    assert.match(script, /\[\^d\]\{12\}/);
    assert.equal(await run('adfsClaimRules', { provider: 'a b' }, {}), undefined);
    assert.equal(await run('adfsClaimRules', { provider: 'ADFS' }, { groupPrefix: 'a-b' }), undefined);
  });

  it('metadata of AWS sign-in, of the regions that are chosen', async () => {
    const text = await run<string>('spMetadata', undefined, { regions: ['us-east-1', 'eu-west-1'], standIn: false });
    assert.ok(text.includes('entityID="urn:amazon:webservices"'));
    const places = [...text.matchAll(/<md:AssertionConsumerService[^>]*Location="([^"]+)"/g)].map(([, at]) => at);
    assert.deepEqual(places, ['https://signin.aws.amazon.com/saml', 'https://eu-west-1.signin.aws.amazon.com/saml']);
    assert.equal(await run('spMetadata', undefined, { regions: ['nowhere'] }), undefined);
  });
});

interface Trust {
  readonly Action: readonly string[];
  readonly Principal: object;
  readonly Condition: { readonly StringEquals: Readonly<Record<string, readonly string[]>> };
}

async function trustOf(found: Found): Promise<Trust> {
  const text = await run<string>('showAsJson', { aim: { kind: 'resource', found } });
  const { facts } = JSON.parse(text) as { facts: { AssumeRolePolicyDocument: unknown } };
  const said = facts.AssumeRolePolicyDocument;
  const policy = (typeof said === 'string' ? JSON.parse(said) : said) as { Statement: Trust[] };
  return policy.Statement[0] ?? assert.fail('no statement');
}

/** Names under .localhost are not known to every system. */
async function visit(url: string): Promise<{ status: number; headers: string | undefined }> {
  const { request } = await import('node:http');
  const { host, port, pathname, search } = new URL(url);
  return new Promise((done, failed) => {
    const options = { host: '127.0.0.1', port, path: pathname + search, headers: { Host: host } };
    const asked = request(options, (answer) => {
      answer.resume();
      done({ status: answer.statusCode ?? 0, headers: answer.headers.location });
    });
    asked.on('error', failed).end();
  });
}

let files = 0;

/** Each a file of its own: the editor gives names of untitled documents anew, and what was in them with it. */
async function shown(content: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder');
  const uri = vscode.Uri.joinPath(folder, `create-${++files}.xml`);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(content));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  await until(async () => ((await codeLenses(document)).length > 0 ? true : undefined));
  return document;
}

async function replaceAll(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

const codeLenses = ({ uri }: vscode.TextDocument): Thenable<vscode.CodeLens[]> =>
  vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);

const lenses = async (document: vscode.TextDocument): Promise<(string | undefined)[]> =>
  (await codeLenses(document)).map(({ command }) => command?.title);

const take = (lens: vscode.CodeLens | undefined): Thenable<unknown> =>
  vscode.commands.executeCommand(lens?.command?.command ?? '', ...(lens?.command?.arguments ?? []));

function active(name: string): Promise<vscode.TextDocument> {
  return until(() => {
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.path.endsWith(name) ? document : undefined;
  });
}

async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come.');
}
