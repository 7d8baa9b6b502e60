// Every command on resources, called as a tree row, a keybinding or another command would, and answered without a person.
// The sandbox is the judge: what a command says it did is looked up there.
import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import * as vscode from 'vscode';

interface Found {
  readonly kind: string;
  readonly name: string;
  readonly ref: string;
  readonly arn?: string;
}

// What a command answers is only known to the command; each test says what it expects.
const run = <T>(command: string, ...args: readonly unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(`awsLabs.${command}`, ...args);
const row = (found: Found) => ({ aim: { kind: 'resource', found } });
const object = (bucket: Found, key: string) => ({ aim: { kind: 'object', bucket, key } });
const folder = (bucket: Found, key: string) => ({ aim: { kind: 'folder', bucket, key } });
const sure = ({ name }: Found) => ({ confirm: name });

interface Sandbox {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

let sandbox: Sandbox;

async function admin(path: string, body?: object): Promise<unknown> {
  const init = body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${sandbox.endpoint}/_sandbox/${path}`, init);
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.json();
}

const advance = (by: string) => admin('clock', { advance: by });

async function names(type: string): Promise<readonly string[]> {
  const { resources } = (await admin('state')) as { resources: { type: string; arn: string }[] };
  return resources.filter((each) => each.type === type).map(({ arn }) => arn.split(/[:/]/).at(-1) ?? '');
}

async function described(aim: object): Promise<{ facts: Record<string, unknown>; tags: Record<string, string> }> {
  const text = await run<string>('showAsJson', aim);
  return JSON.parse(text) as { facts: Record<string, unknown>; tags: Record<string, string> };
}

const waiting = async (queue: Found) => Number((await described(row(queue))).facts['ApproximateNumberOfMessages']);

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It did not come: ${what}`);
}

describe('commands on resources', function () {
  this.timeout(60_000);

  before(async () => {
    // Any call starts the sandbox.
    await run('createTopic', null, { name: 'First' });
    const home = dirname(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '');
    const [file] = globSync('**/sandbox/sandbox.json', { cwd: home });
    assert.ok(file, `a sandbox runs below ${home}`);
    sandbox = JSON.parse(readFileSync(join(home, file), 'utf8')) as Sandbox;
  });

  it('create topics, queues, buckets and streams; a name that AWS refuses creates nothing', async () => {
    const topic = await run<Found>(
      'createTopic',
      { aim: { kind: 'group', group: 'topic' } },
      { name: 'T', type: 'fifo' },
    );
    assert.equal(topic.name, 'T.fifo');
    const queue = await run<Found>('createQueue', null, { name: 'Q', deadLetters: 'new', maxReceiveCount: 2 });
    const { facts } = await described(row(queue));
    assert.deepEqual(facts['RedrivePolicy'], {
      deadLetterTargetArn: queue.arn?.replace(/Q$/, 'Q-dlq'),
      maxReceiveCount: 2,
    });
    assert.equal((await run<Found>('createBucket', null, { name: 'made-here' })).ref, 'made-here');
    assert.equal((await run<Found>('createStream', { answers: { name: 'made' } })).name, 'made');
    for (const [command, name] of [
      ['createQueue', 'a b'],
      ['createTopic', 'ä'],
      ['createBucket', 'Upper'],
      ['createStream', 'a/b'],
      ['createQueue', 'Q'],
    ] as const)
      assert.equal(await run(command, null, { name }), undefined, `${command} ${name}`);
  });

  it('send, publish and put: at once with answers, else in the composer', async () => {
    const queue = await run<Found>('createQueue', null, { name: 'Sent' });
    const sent = await run<{ ok: boolean }[]>('sendMessage', row(queue), { body: 'hello', count: 12 });
    assert.equal(sent.filter(({ ok }) => ok).length, 12);
    assert.equal(await waiting(queue), 12);
    assert.equal(await run('sendMessage', { kind: 'queue', name: 'Sent', answers: { body: '' } }), undefined);
    assert.equal(
      (await run<unknown[]>('publishMessage', { kind: 'topic', name: 'First' }, { body: 'news' })).length,
      1,
    );
    const stream = await run<Found>('createStream', null, { name: 'put', shards: 2 });
    await advance('1m');
    const [put] = await run<{ more: string }[]>('putRecord', row(stream), { body: 'x', partitionKey: 'k' });
    assert.match(put?.more ?? '', /^shardId-/);
    for (const [command, aim] of [
      ['sendMessage', row(queue)],
      ['publishMessage', { kind: 'topic', name: 'First' }],
      ['putRecord', row(stream)],
    ] as const)
      await run(command, aim);
    const open = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    for (const title of ['Publish to First', 'Put into put', 'Send to Sent'])
      await until(title, () => open().includes(title));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('subscribe a queue, let the topic in, and unsubscribe; confirm by the mailbox', async () => {
    const topic = await run<Found>('createTopic', null, { name: 'Sub' });
    const queue = await run<Found>('createQueue', null, { name: 'SubQ' });
    const arn = await run<string>('subscribe', row(topic), { protocol: 'sqs', endpoint: 'SubQ', raw: true });
    await run('publishMessage', row(topic), { body: 'in' });
    assert.equal(await waiting(queue), 1);
    const key = { topicArn: topic.arn ?? '', protocol: 'sqs', endpoint: queue.arn ?? '' };
    const subscription = { kind: 'subscription', key, name: 'Sub -> SubQ', ref: arn, arn };
    assert.equal(await run('deleteSubscription', row(subscription), sure(subscription)), true);
    assert.equal(await run('subscribe', row(topic), { protocol: 'email', endpoint: 'nobody' }), undefined);
    assert.equal(await run('subscribe', row(topic), { protocol: 'email', endpoint: 'a@example.com' }), 'pending');
    const mail = { ...key, protocol: 'email', endpoint: 'a@example.com' };
    const pending = { kind: 'subscription', key: mail, name: 'Sub -> a@example.com', ref: 'PendingConfirmation' };
    assert.match(await run<string>('confirmSubscription', row(pending), {}), /^arn:aws:sns:/);
  });

  it('purge, redrive by a task, and redrive by copies', async () => {
    const dead = await run<Found>('createQueue', null, { name: 'Dead' });
    const source = await run<Found>('createQueue', null, { name: 'Source', deadLetterQueue: 'Dead' });
    await run('sendMessage', row(dead), { body: 'd', count: 3 });
    assert.deepEqual(await run('redriveAll', row(dead), { to: 'Source' }), { moved: 3, how: 'task' });
    assert.equal(await waiting(source), 3);
    await run('sendMessage', row(dead), { body: 'again', count: 2 });
    const back = await run('redriveAll', row(source), {});
    assert.deepEqual(back, { moved: 2, how: 'task' }, 'chosen by its source, the dead letters are meant');
    const other = await run<Found>('createQueue', null, { name: 'Other' });
    assert.deepEqual(await run('redriveAll', row(source), { to: 'Other', ...sure(source) }), { moved: 5, how: 'copy' });
    assert.equal(await run('purgeQueue', row(other), sure(other)), true);
    assert.equal(await waiting(other), 0);
    assert.equal(await run('purgeQueue', row(other), sure(other)), undefined, 'twice in 60 seconds is refused');
  });

  it('upload, download, new folder, presign and delete objects, whatever their keys', async () => {
    const bucket = await run<Found>('createBucket', null, { name: 'objects-here' });
    const dir = mkdtempSync(join(tmpdir(), 'aws-labs-objects-'));
    writeFileSync(join(dir, 'a.txt'), 'content');
    assert.equal(await run('newFolder', row(bucket), { name: 'f' }), 'f/');
    const keys = await run<string[]>('upload', folder(bucket, 'f/'), { files: [join(dir, 'a.txt')] });
    assert.deepEqual(keys, ['f/a.txt']);
    const file = join(dir, 'back.txt');
    assert.equal(await run('download', object(bucket, 'f/a.txt'), { file }), file);
    assert.equal(readFileSync(file, 'utf8'), 'content');
    const ended = await run<{ files: number }>('download', row(bucket), { folder: dir });
    assert.equal(ended.files, 1);
    assert.equal(readFileSync(join(dir, 'objects-here', 'f', 'a.txt'), 'utf8'), 'content');
    const url = await run<string>('presign', object(bucket, 'f/a.txt'), {});
    assert.equal(await (await fetch(url)).text(), 'content');
    assert.equal(await run('deleteObject', object(bucket, 'f/a.txt'), { confirm: 'a.txt' }), true);
    assert.equal(await run('deleteObject', folder(bucket, 'f/'), { confirm: 'f' }), true);
    assert.equal((await fetch(url)).status, 404);
  });

  it('edit tags of every kind', async () => {
    const aims = [
      { kind: 'queue', name: 'Q' },
      { kind: 'topic', name: 'First' },
      { kind: 'bucket', name: 'objects-here' },
    ];
    for (const aim of aims) {
      assert.deepEqual(await run('editTags', aim, { set: { team: 'shop', old: '1' } }), { team: 'shop', old: '1' });
      assert.deepEqual(await run('editTags', aim, { remove: ['old'] }), { team: 'shop' });
      assert.deepEqual((await described(aim)).tags, { team: 'shop' });
      assert.equal(await run('editTags', aim, { set: { 'aws:x': '1' } }), undefined);
    }
  });

  it('start, stop and terminate instances, and stop all with AutoOff=yes', async () => {
    const { endpoint, region, accessKeyId, secretAccessKey } = sandbox;
    const ec2 = new EC2Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
    const launch = async (Value: string) => {
      const TagSpecifications = [{ ResourceType: 'instance' as const, Tags: [{ Key: 'AutoOff', Value }] }];
      const ImageId = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
      const wish = { ImageId, InstanceType: 't3.micro' as const, MinCount: 1, MaxCount: 1, TagSpecifications };
      const { Instances = [] } = await ec2.send(new RunInstancesCommand(wish));
      return { kind: 'instance', name: Instances[0]?.InstanceId ?? '' };
    };
    const [marked, nearly] = [await launch('yes'), await launch('Yes')];
    ec2.destroy();
    await advance('2m');
    const state = async (aim: object) => {
      const { State } = (await described(aim)).facts as { State: { Name: string } };
      return State.Name;
    };
    assert.deepEqual(await run('stopAllAutoOff', null, { confirm: 1 }), [marked.name]);
    await advance('2m');
    assert.deepEqual([await state(marked), await state(nearly)], ['stopped', 'running']);
    assert.equal(await run('startInstance', marked), true);
    assert.equal(await run('stopInstance', nearly), true);
    await advance('2m');
    assert.deepEqual([await state(marked), await state(nearly)], ['running', 'stopped']);
    assert.equal(await run('terminateInstance', nearly, { confirm: nearly.name }), true);
    await advance('2m');
    assert.equal(await run('showAsJson', nearly), undefined);
  });

  it('copy names, ARNs and URLs; the sandbox has no console', async () => {
    const aim = { kind: 'queue', name: 'Q' };
    assert.equal(await run('copyName', aim), 'Q');
    assert.match(await run<string>('copyArn', aim), /^arn:aws:sqs:.*:Q$/);
    assert.match(await run<string>('copyUrl', aim), /^http.*\/Q$/);
    assert.equal(await run('openInConsole', aim), undefined);
  });

  it('delete topics, queues, buckets and streams with what is in them', async () => {
    const bucket = await run<Found>('createBucket', null, { name: 'full-bucket' });
    const dir = mkdtempSync(join(tmpdir(), 'aws-labs-full-'));
    writeFileSync(join(dir, 'x'), 'x');
    await run('upload', row(bucket), { files: [join(dir, 'x')] });
    const aims = [
      { kind: 'bucket', name: 'full-bucket' },
      { kind: 'queue', name: 'Sent' },
      { kind: 'topic', name: 'First' },
      { kind: 'stream', name: 'put' },
    ];
    for (const aim of aims) assert.equal(await run('deleteResource', aim, { confirm: aim.name }), true, aim.kind);
    await advance('1m');
    for (const [type, name] of [
      ['bucket', 'full-bucket'],
      ['queue', 'Sent'],
      ['topic', 'First'],
      ['stream', 'put'],
    ] as const)
      assert.ok(!(await names(type)).includes(name), name);
    assert.equal(await run('deleteResource', { selected: true }), undefined, 'nothing is chosen in the view');
  });

  it('say when it was deleted meanwhile', async () => {
    const queue = await run<Found>('createQueue', null, { name: 'Meanwhile' });
    await run('deleteResource', row(queue), sure(queue));
    assert.equal(await run('sendMessage', row(queue), { body: 'late' }), undefined);
    assert.equal(await run('purgeQueue', row(queue), sure(queue)), true, 'empty is empty');
  });
});
