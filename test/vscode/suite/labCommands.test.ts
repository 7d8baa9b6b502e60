// The commands on labs, on the sandbox and on where labs run, called as a tree row or a keybinding would, and answered without a
// person. What a command says it did is looked up in the sandbox, in the session's journal, and in what the editor has open.
import assert from 'node:assert/strict';
import { globSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Target } from '../../../src/aws/target.ts';
import { suiteSandbox } from '../suiteSandbox.ts';

interface Standing {
  readonly done: readonly string[];
  readonly failed: readonly string[];
  readonly resources: readonly string[];
  readonly planned: readonly string[];
  readonly notice?: string;
}

const lab = 'workspace/suite';
const nothing: Standing = { done: [], failed: [], resources: [], planned: [] };
const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const home = dirname(workspace);

// What a command answers is only known to the command; each test says what it expects.
const run = <T = unknown>(command: string, ...args: readonly unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(`awsLabs.${command}`, ...args);
const onLab = (command: string, step?: string) => run<Standing>(command, { lab, ...(step && { step }) });

const text = (title: string) => `---
title: ${title}
summary: A queue, a message, and a question that nobody answers.
minutes: 1
services: [sqs]
covers: [T1]
names:
  queue: suite-\${session.short}
---

# ${title}

Nothing to learn here.

## A queue
<!-- step: queue -->

\`\`\`yaml run
- call: sqs.CreateQueue
  with: { QueueName: "\${names.queue}" }
  save: queue
\`\`\`

\`\`\`yaml check
- call: sqs.GetQueueAttributes
  with: { QueueUrl: "\${queue.QueueUrl}", AttributeNames: [All] }
  expect: Attributes.VisibilityTimeout == '30'
  else: The visibility timeout is not 30 seconds.
\`\`\`

## A message
<!-- step: message -->

\`\`\`yaml run
- call: sqs.SendMessage
  with: { QueueUrl: "\${queue.QueueUrl}", MessageBody: hello }
\`\`\`

## A question
<!-- step: question -->

\`\`\`yaml run
- ask: Is all well?
\`\`\`
`;

interface Facts {
  readonly endpoint: string;
  readonly pid: number;
}

/** Of the sandbox that runs now. */
function facts(): Facts {
  const [file] = globSync('**/sandbox/sandbox.json', { cwd: home });
  assert.ok(file, `a sandbox runs below ${home}`);
  return JSON.parse(readFileSync(join(home, file), 'utf8')) as Facts;
}

async function clockOffset(): Promise<number> {
  const answer = await fetch(`${facts().endpoint}/_sandbox/clock`);
  return ((await answer.json()) as { offset: number }).offset;
}

/** The lines of the journals of this lab's sessions, each what has happened. */
function journal(): string {
  const files = globSync('**/sessions/*.jsonl', { cwd: home }).map((file) => readFileSync(join(home, file), 'utf8'));
  return files.filter((each) => each.includes('"lab":"suite"')).join('');
}

const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It did not come: ${what}`);
}

describe('commands on labs and the sandbox', function () {
  this.timeout(60_000);
  let sandbox: Target;
  let file: string;
  const queues = async () =>
    ((await sandbox.send('sqs.ListQueues', {})).QueueUrls ?? []).map((url) => url.split('/').at(-1));
  const ofLab = async () => (await queues()).filter((name) => name?.startsWith('suite-'));
  const makes = async (QueueName: string) =>
    (await run<{ arn: string } | undefined>('createQueue', null, { name: QueueName }))?.arn;

  before(async () => {
    sandbox = await suiteSandbox();
    // By a link: the editor does not see what changes behind it.
    const elsewhere = mkdtempSync(join(tmpdir(), 'aws-labs-suite-lab-'));
    file = join(elsewhere, 'lab.md');
    writeFileSync(file, text('A lab of the suite'));
    mkdirSync(join(workspace, 'labs'), { recursive: true });
    symlinkSync(elsewhere, join(workspace, 'labs', 'suite'), 'dir');
  });
  after(async () => {
    sandbox.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('read the labs again, open one, and its text', async () => {
    await run('refreshLabs');
    await until('the lab’s own title', async () => {
      await run('openLab', { lab });
      return tabs().includes('A lab of the suite');
    });
    writeFileSync(file, text('A lab with another title'));
    await run('refreshLabs');
    await until('its new title', () => tabs().includes('A lab with another title'));
    await run('openLabSource', { lab });
    const shown = vscode.window.activeTextEditor?.document;
    assert.match(shown?.uri.fsPath ?? '', /suite[/\\]lab\.md$/);
    assert.equal(shown?.getText(), text('A lab with another title'));
  });

  it('run up to a step, check, undo, and run it again', async () => {
    const ran = await onLab('runToStep', 'message');
    const [name = ''] = ran.resources;
    assert.deepEqual(ran, { ...nothing, done: ['queue', 'message'], resources: [name] });
    assert.deepEqual(await ofLab(), [name]);
    assert.match(journal(), new RegExp(name));

    assert.deepEqual((await onLab('checkStep', 'queue')).failed, []);
    const { QueueUrl } = await sandbox.send('sqs.GetQueueUrl', { QueueName: name });
    await sandbox.send('sqs.SetQueueAttributes', { QueueUrl, Attributes: { VisibilityTimeout: '77' } });
    assert.doesNotMatch(journal(), /"ok":false/);
    await onLab('checkStep', 'queue');
    assert.match(journal(), /"ok":false/);

    assert.deepEqual(await onLab('undoStep', 'queue'), nothing);
    assert.deepEqual(await ofLab(), []);
    // AWS keeps the name of a deleted queue for a minute.
    await run('advanceClock', null, { by: '61s' });
    assert.deepEqual(await onLab('runStep', 'queue'), { ...nothing, done: ['queue'], resources: [name] });
    assert.deepEqual(await ofLab(), [name]);
  });

  it('run all steps, and stop at a question', async () => {
    const running = onLab('runAll');
    await until('the question', () => journal().includes('"step":"question"'));
    await onLab('stop');
    const { done } = await running;
    assert.deepEqual(done, ['queue', 'message']);
    const { notice } = await onLab('stop');
    assert.equal(notice, undefined, 'stopping what does not run does nothing');
  });

  it('plan what cleaning up removes, and begin afresh', async () => {
    const [name = ''] = await ofLab();
    assert.deepEqual((await onLab('cleanUp')).planned, [name]);
    assert.deepEqual(await ofLab(), [name], 'a plan removes nothing');
    assert.deepEqual(await run('resetLab', { lab, answers: { confirm: true } }), nothing);
    assert.deepEqual(await ofLab(), []);
  });

  it('ask for no lab where none or only one can be meant', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal(await run('stop'), undefined, 'nothing runs');
    assert.deepEqual(await run('cleanUp'), nothing, 'one has begun');
  });

  it('say that a lab is not there', async () => {
    const { notice } = await run<Standing>('runAll', { lab: 'nobody' });
    assert.equal(notice, 'This lab is no longer there.');
  });

  it('go to another target and region, and back', async () => {
    const closed = 'http://127.0.0.1:9';
    await run('switchTarget', null, { target: closed });
    assert.equal(await makes('Nowhere'), undefined);
    await run('useSandbox');
    assert.match((await makes('Somewhere')) ?? '', /:us-east-1:/);
    await run('switchRegion', null, { region: 'eu-west-1' });
    assert.match((await makes('InIreland')) ?? '', /:eu-west-1:/);
    await run('switchRegion', null, { region: 'the moon' });
    await run('switchTarget', null, { target: 'anything' });
    assert.match((await makes('StillInIreland')) ?? '', /:eu-west-1:/);
    await run('switchRegion', { answers: { region: 'us-east-1' } });
    await run('switchTarget', { answers: { target: 'sandbox' } });
    assert.match((await makes('Back')) ?? '', /:us-east-1:/);
    assert.deepEqual(
      (await queues()).filter((name) => name === 'Nowhere'),
      [],
    );
  });

  it('move the clock on, and tell other clients where the sandbox is', async () => {
    const before = await clockOffset();
    await run('advanceClock', null, { by: '2h' });
    await run('advanceClock', null, { by: 'a while' });
    assert.equal(Math.round(((await clockOffset()) - before) / 1000), 7200);
    await run('showEnvironment', null, { use: 'sh' });
    const copied = await vscode.env.clipboard.readText();
    assert.ok(copied.includes(facts().endpoint), copied);
  });

  it('show the mails again, and the log', async () => {
    const before = await run<number>('refreshMailbox');
    const { TopicArn } = await sandbox.send('sns.CreateTopic', { Name: 'Mailed' });
    await sandbox.send('sns.Subscribe', { TopicArn, Protocol: 'email', Endpoint: 'suite@example.com' });
    assert.equal(await run('refreshMailbox'), before + 1);
    await run('openMailbox');
    await run('showLog');
    const log = () => vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'output');
    await until('the log', () => log()?.document.getText().includes('sqs.CreateQueue') === true);
  });

  it('restart the sandbox with its state, and empty it: labs begin afresh', async () => {
    await onLab('runStep', 'queue');
    const { pid } = facts();
    await run('restartSandbox');
    assert.notEqual(facts().pid, pid);
    assert.equal((await ofLab()).length, 1);
    await run('resetSandbox', null, { confirm: true });
    assert.deepEqual(await queues(), []);
    const { done, resources } = await onLab('checkStep', 'queue');
    assert.deepEqual([done, resources], [[], []]);
  });
});
