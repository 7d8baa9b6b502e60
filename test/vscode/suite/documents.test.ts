import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Target } from '../../../src/aws/target.ts';
import { suiteSandbox } from '../suiteSandbox.ts';

/** Policies, attributes and objects, opened, changed and saved by the editor itself. */
describe('documents of resources', () => {
  let sandbox: Target;
  before(async () => void (sandbox = await suiteSandbox()));
  after(() => sandbox.dispose());
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const open = (command: string, row: object): Thenable<unknown> =>
    vscode.commands.executeCommand(`awsLabs.${command}`, row);

  it('a policy is opened, judged, completed, mended and saved', async () => {
    const { TopicArn } = await sandbox.send('sns.CreateTopic', { Name: 'SuiteTopic' });
    await open('openPolicy', { kind: 'topic', name: 'SuiteTopic' });
    const document = await opened('/SuiteTopic/policy.json');
    assert.equal(document.languageId, 'aws-labs-document');
    const autoSave = vscode.workspace.getConfiguration('files', document).get('autoSave');
    assert.equal(autoSave, 'off', 'a policy is saved when somebody wants it, never while it is written');
    assert.equal(JSON.parse(document.getText()).Id, '__default_policy_ID');

    await rewrite(document, document.getText().replace('"SNS:Publish"', '"SNS:Pubish"'));
    const problem = await until(() => problemsOf(document).find(({ code }) => code === 'action-unknown'));
    assert.equal(document.getText(problem.range), '"SNS:Pubish"');
    const [fix] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
    );
    assert.equal(fix?.title, 'Change to sns:Publish');
    assert.ok(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
    await until(() => (problemsOf(document).length === 0 ? true : undefined));

    const place = document.positionAt(document.getText().indexOf('"Allow"') + 1);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      place,
    );
    assert.ok(list.items.some(({ label }) => label === 'Deny'));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      place.translate(0, -9),
    );
    assert.match(hovers.flatMap(({ contents }) => contents.map(textOf)).join(), /denial wins/);

    assert.ok(await document.save());
    const { Attributes } = await sandbox.send('sns.GetTopicAttributes', { TopicArn });
    assert.match(Attributes?.['Policy'] ?? '', /sns:Publish/);
  });

  it('a refused save keeps the text, stays to be saved, and shows the words of AWS', async () => {
    await sandbox.send('sns.CreateTopic', { Name: 'Refused' });
    await open('openPolicy', { kind: 'topic', name: 'Refused' });
    const document = await opened('/Refused/policy.json');
    const wrong = document.getText().replace('SNS:Publish', 'sqs:SendMessage');
    await rewrite(document, wrong);
    assert.equal(await document.save(), false);
    assert.equal(document.isDirty, true);
    assert.equal(document.getText(), wrong);
    const refusal = await until(() => problemsOf(document).find(({ code }) => code === 'refused'));
    assert.match(refusal.message, /^Not saved\. .*action out of service scope.*Use only actions of this service\./);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('attributes are judged by their rules, and saved', async () => {
    const { QueueUrl } = await sandbox.send('sqs.CreateQueue', { QueueName: 'SuiteQueue' });
    await open('openAttributes', { kind: 'queue', name: 'SuiteQueue' });
    const document = await opened('/SuiteQueue/attributes.json');
    await rewrite(document, document.getText().replace('"VisibilityTimeout": 30', '"VisibilityTimeout": 99999'));
    const problem = await until(() => problemsOf(document).find(({ code }) => code === 'value'));
    assert.match(problem.message, /from 0 to 43200/);
    await rewrite(document, document.getText().replace('99999', '77'));
    assert.ok(await document.save());
    const { Attributes } = await sandbox.send('sqs.GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
    assert.equal(Attributes?.VisibilityTimeout, '77');
  });

  it('an object is opened and saved; a change of somebody else is not overwritten', async () => {
    const object = { Bucket: 'suite-papers', Key: 'notes//a.txt' };
    const held = async () => (await sandbox.send('s3.GetObject', object)).Body?.transformToString();
    await sandbox.send('s3.CreateBucket', { Bucket: object.Bucket });
    await sandbox.send('s3.PutObject', { ...object, Body: 'one' });
    await open('openObject', { kind: 'object', bucket: 'suite-papers', key: 'notes//a.txt' });
    const document = await opened('/a.txt');
    assert.equal(document.getText(), 'one');
    await rewrite(document, 'two');
    assert.ok(await document.save());
    assert.equal(await held(), 'two');
    await rewrite(document, 'ours');
    await sandbox.send('s3.PutObject', { ...object, Body: 'theirs' });
    assert.equal(await document.save(), false);
    assert.equal(document.getText(), 'ours');
    assert.equal(await held(), 'theirs');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('what somebody else saves is shown, once one comes back to the document', async () => {
    const { QueueUrl } = await sandbox.send('sqs.CreateQueue', { QueueName: 'Watched' });
    await open('openAttributes', { kind: 'queue', name: 'Watched' });
    const document = await opened('/Watched/attributes.json');
    await sandbox.send('sqs.SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '7' } });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'another' }));
    await new Promise((resolve) => setTimeout(resolve, 600));
    await vscode.window.showTextDocument(document);
    await until(() => (document.getText().includes('"DelaySeconds": 7') ? true : undefined));
    assert.equal(document.isDirty, false);
  });

  it('a policy on one line is brought into form', async () => {
    await sandbox.send('sqs.CreateQueue', { QueueName: 'Formed' });
    await open('openPolicy', { kind: 'queue', name: 'Formed' });
    const document = await opened('/Formed/policy.json');
    const before = document.getText();
    await rewrite(document, JSON.stringify(JSON.parse(before)));
    await vscode.commands.executeCommand('editor.action.formatDocument');
    await until(() => (document.lineCount > 3 ? true : undefined));
    assert.deepEqual(JSON.parse(document.getText()), JSON.parse(before));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('what is not there says so, and opens nothing', async () => {
    const before = vscode.window.visibleTextEditors.length;
    await open('openPolicy', { kind: 'queue', name: 'nobody' });
    const uri = vscode.Uri.parse('aws-labs:/queue/999999999999/us-east-1/Q/policy.json');
    await assert.rejects(async () => vscode.workspace.fs.readFile(uri), /This document is of account 999999999999/);
    const gone = vscode.Uri.parse(`aws-labs:/queue/${sandbox.account}/${sandbox.region}/nobody/policy.json`);
    await assert.rejects(async () => vscode.workspace.fs.stat(gone), /There is no queue nobody/);
    assert.equal(vscode.window.visibleTextEditors.length, before);
  });
});

const problemsOf = (document: vscode.TextDocument) =>
  vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'AWS Labs');

const textOf = (content: vscode.MarkdownString | vscode.MarkedString): string =>
  typeof content === 'string' ? content : content.value;

function opened(path: string): Promise<vscode.TextDocument> {
  return until(() => {
    const active = vscode.window.activeTextEditor?.document;
    return active?.uri.path.endsWith(path) ? active : undefined;
  });
}

async function rewrite(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come.');
}
