// S3, Kinesis, EC2 and IAM with the AWS CLI as it is: what people type who never saw the sandbox.
import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { search } from 'jmespath';
import type { RowResult } from './awsCli.ts';
import type { StartedSandbox } from './sandbox.ts';

interface Shell {
  /** `aws ...`, its answer as it stands. */
  aws(...args: readonly string[]): Promise<string>;
  /** Its answer as JSON. */
  json(...args: readonly string[]): Promise<unknown>;
  /** That the CLI refuses with these words. */
  refused(words: string, ...args: readonly string[]): Promise<void>;
  readonly folder: string;
  readonly sandbox: StartedSandbox;
}

type Row = readonly [id: string, title: string, run: (shell: Shell) => Promise<void>];

const megabytes = Buffer.alloc(20 * 1024 * 1024, 'twenty megabytes of this; ');

const rows: readonly Row[] = [
  [
    'S1',
    's3 mb, cp there and back',
    async ({ aws, folder }) => {
      same(await aws('s3', 'mb', 's3://cli-own'), 'make_bucket: cli-own\n');
      await writeFile(join(folder, 'a b.txt'), 'hello');
      await aws('s3', 'cp', join(folder, 'a b.txt'), 's3://cli-own/x/a b.txt');
      await aws('s3', 'cp', 's3://cli-own/x/a b.txt', join(folder, 'back.txt'));
      same(await readFile(join(folder, 'back.txt'), 'utf8'), 'hello');
      same(await aws('s3', 'cp', 's3://cli-own/x/a b.txt', '-'), 'hello');
    },
  ],
  [
    'S2',
    's3 cp of 20 MB in parts, ranges',
    async ({ aws, json, folder }) => {
      await writeFile(join(folder, 'big'), megabytes);
      await aws('s3', 'cp', join(folder, 'big'), 's3://cli-own/big');
      await aws('s3', 'cp', 's3://cli-own/big', join(folder, 'big.back'));
      same((await readFile(join(folder, 'big.back'))).equals(megabytes), true);
      const head = await json(
        's3api',
        'head-object',
        '--bucket',
        'cli-own',
        '--key',
        'big',
        '--checksum-mode',
        'ENABLED',
      );
      holds(head, "ContentLength == `20971520` && ends_with(ETag, '-3\"')");
      const range = ['--range', 'bytes=7-15', join(folder, 'part')];
      holds(
        await json('s3api', 'get-object', '--bucket', 'cli-own', '--key', 'big', ...range),
        "ContentRange == 'bytes 7-15/20971520'",
      );
      same(await readFile(join(folder, 'part'), 'utf8'), 'megabytes');
    },
  ],
  [
    'S3',
    's3 sync there and back, --delete',
    async ({ aws, folder }) => {
      const [there, back] = [join(folder, 'there'), join(folder, 'back')];
      await mkdir(join(there, 'sub'), { recursive: true });
      for (const name of ['1.txt', 'ü.txt', 'sub/2.txt']) await writeFile(join(there, name), name);
      await aws('s3', 'sync', there, 's3://cli-own/sync/');
      same(await aws('s3', 'sync', there, 's3://cli-own/sync/'), '');
      await aws('s3', 'sync', 's3://cli-own/sync', back);
      same(await readFile(join(back, 'sub/2.txt'), 'utf8'), 'sub/2.txt');
      await rm(join(there, '1.txt'));
      same(await aws('s3', 'sync', there, 's3://cli-own/sync', '--delete'), 'delete: s3://cli-own/sync/1.txt\n');
      same((await aws('s3', 'ls', 's3://cli-own/sync/', '--recursive')).trim().split('\n').length, 2);
    },
  ],
  [
    'S4',
    's3 ls, mv, rm',
    async ({ aws }) => {
      same(/PRE sync\/\nPRE x\/$/m.test((await aws('s3', 'ls', 's3://cli-own')).replaceAll(/^ +/gm, '')), true);
      await aws('s3', 'mv', 's3://cli-own/x/a b.txt', 's3://cli-own/y');
      await aws('s3', 'rm', 's3://cli-own/y');
      same(/ (x|y)\/?$/m.test(await aws('s3', 'ls', 's3://cli-own')), false);
    },
  ],
  [
    'S5',
    's3 presign, until the clock says it is over',
    async ({ aws, sandbox }) => {
      const url = (await aws('s3', 'presign', 's3://cli-own/sync/sub/2.txt', '--expires-in', '3600')).trim();
      same(await (await fetch(url)).text(), 'sub/2.txt');
      await sandbox.admin('clock', { advance: '2h' });
      const late = await fetch(url);
      same(
        `${late.status} ${/<Message>.*<\/Message>/.exec(await late.text())?.[0]}`,
        '403 <Message>Request has expired</Message>',
      );
    },
  ],
  [
    'S6',
    's3 website: index, error page, redirection',
    async ({ aws, json, sandbox }) => {
      await json('s3api', 'delete-public-access-block', '--bucket', 'cli-own');
      const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::cli-own/*' };
      await json('s3api', 'put-bucket-policy', '--bucket', 'cli-own', '--policy', policy(statement));
      await aws('s3', 'website', 's3://cli-own/', '--index-document', 'index.html', '--error-document', 'oh.html');
      await json(
        's3api',
        'put-object',
        '--bucket',
        'cli-own',
        '--key',
        'old',
        '--website-redirect-location',
        '/index.html',
      );
      for (const name of ['index.html', 'oh.html']) await putText(aws, name);
      const site = (path: string) => visit(sandbox, 'cli-own.s3-website.localhost', path);
      same(await site('/'), '200 index.html');
      same(await site('/nothing'), '404 oh.html');
      same(await site('/old'), '301 /index.html');
    },
  ],
  [
    'S7',
    's3api: policy, public access block, ownership, versioning, tags, conditions, copy',
    async ({ aws, json, refused, folder }) => {
      const own = ['--bucket', 'cli-set'];
      await aws('s3', 'mb', 's3://cli-set');
      await refused('(NoSuchBucketPolicy)', 's3api', 'get-bucket-policy', ...own);
      const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::cli-set/*' };
      await refused('BlockPublicPolicy setting', 's3api', 'put-bucket-policy', ...own, '--policy', policy(statement));
      holds(await json('s3api', 'get-public-access-block', ...own), 'PublicAccessBlockConfiguration.BlockPublicPolicy');
      holds(
        await json('s3api', 'get-bucket-ownership-controls', ...own),
        "OwnershipControls.Rules[0].ObjectOwnership == 'BucketOwnerEnforced'",
      );
      await refused('(AccessControlListNotSupported)', 's3api', 'put-bucket-acl', ...own, '--acl', 'public-read');
      await json('s3api', 'put-bucket-versioning', ...own, '--versioning-configuration', 'Status=Enabled');
      const put = ['s3api', 'put-object', ...own, '--key', 'k', '--body', join(folder, 'part')];
      holds(await json(...put, '--checksum-algorithm', 'SHA256'), "VersionId != null && ChecksumType == 'FULL_OBJECT'");
      await refused('(PreconditionFailed)', ...put, '--if-none-match', '*');
      await json('s3api', 'put-object-tagging', ...own, '--key', 'k', '--tagging', 'TagSet=[{Key=a,Value=b}]');
      await json('s3api', 'copy-object', ...own, '--key', 'k2', '--copy-source', 'cli-set/k');
      holds(await json('s3api', 'get-object-tagging', ...own, '--key', 'k2'), "TagSet[0].Value == 'b'");
      await json('s3api', 'delete-object', ...own, '--key', 'k');
      holds(
        await json('s3api', 'list-object-versions', ...own, '--prefix', 'k'),
        'length(Versions) == `2` && DeleteMarkers[0].IsLatest',
      );
    },
  ],
  [
    'S8',
    's3api list-objects-v2: pages, delimiter',
    async ({ json }) => {
      const list = ['s3api', 'list-objects-v2', '--bucket', 'cli-own', '--delimiter', '/'];
      holds(await json(...list, '--page-size', '1'), "CommonPrefixes[].Prefix == ['sync/'] && length(Contents) == `4`");
      holds(await json(...list, '--prefix', 'sync/', '--query', '{names: Contents[].Key}'), "names == ['sync/ü.txt']");
    },
  ],
  [
    'S9',
    's3api notifications: refused, then a test event and a record',
    async ({ json: plain, refused, aws, sandbox }) => {
      // Version 1 of the CLI has an address of its own for SQS.
      const at = ['--endpoint-url', sandbox.environment['AWS_ENDPOINT_URL'] ?? ''];
      const json: Shell['json'] = (...args) => plain(...args, ...(args[0] === 'sqs' ? at : []));
      const { QueueUrl } = (await json('sqs', 'create-queue', '--queue-name', 'cli-events')) as { QueueUrl: string };
      const facts = await json('sqs', 'get-queue-attributes', '--queue-url', QueueUrl, '--attribute-names', 'QueueArn');
      const QueueArn = String(search(facts, 'Attributes.QueueArn'));
      const wanted = JSON.stringify({ QueueConfigurations: [{ QueueArn, Events: ['s3:ObjectCreated:*'] }] });
      const put = [
        's3api',
        'put-bucket-notification-configuration',
        '--bucket',
        'cli-own',
        '--notification-configuration',
        wanted,
      ];
      await refused('Unable to validate the following destination configurations', ...put);
      const service = { Service: 's3.amazonaws.com' };
      const Policy = policy({ Effect: 'Allow', Principal: service, Action: 'sqs:SendMessage', Resource: QueueArn });
      await json('sqs', 'set-queue-attributes', '--queue-url', QueueUrl, '--attributes', JSON.stringify({ Policy }));
      await json(...put);
      await putText(aws, 'new file.txt');
      const got = await json('sqs', 'receive-message', '--queue-url', QueueUrl, '--max-number-of-messages', '10');
      const bodies = (search(got, 'Messages[].Body') as string[]).map((body) => JSON.parse(body) as unknown);
      same(search(bodies, '[].Event | [0]'), 's3:TestEvent');
      same(search(bodies, '[].Records[].s3.object.key | [0]'), 'new+file.txt');
    },
  ],
  [
    'S10',
    's3 rb --force',
    async ({ aws, refused }) => {
      await refused('(BucketNotEmpty)', 's3', 'rb', 's3://cli-own');
      same((await aws('s3', 'rb', 's3://cli-own', '--force')).endsWith('remove_bucket: cli-own\n'), true);
      await refused('(NoSuchBucket)', 's3', 'ls', 's3://cli-own');
    },
  ],
  [
    'K1',
    'kinesis: create, wait, put, get, delete',
    async ({ json, refused, sandbox }) => {
      const own = ['--stream-name', 'cli'];
      await json('kinesis', 'create-stream', ...own, '--shard-count', '2');
      await refused('(ResourceInUseException)', 'kinesis', 'create-stream', ...own, '--shard-count', '2');
      await sandbox.admin('clock', { advance: '1m' });
      await json('kinesis', 'wait', 'stream-exists', ...own);
      holds(await json('kinesis', 'list-streams'), "StreamNames == ['cli']");
      const data = ['--data', Buffer.from('hello').toString('base64')];
      const put = await json('kinesis', 'put-record', ...own, '--partition-key', 'a', ...data).catch(() => undefined);
      const shard = ['--shard-id', String(search(put, 'ShardId'))];
      const at = await json('kinesis', 'get-shard-iterator', ...own, ...shard, '--shard-iterator-type', 'TRIM_HORIZON');
      const records = await json('kinesis', 'get-records', '--shard-iterator', String(search(at, 'ShardIterator')));
      holds(records, "length(Records) == `1` && Records[0].PartitionKey == 'a' && MillisBehindLatest == `0`");
      await json('kinesis', 'delete-stream', ...own);
      await sandbox.admin('clock', { advance: '1m' });
      await json('kinesis', 'wait', 'stream-not-exists', ...own);
    },
  ],
  [
    'E1',
    'ec2: run, wait, filter, stop, start, terminate',
    async ({ json, aws, refused, sandbox }) => {
      const images = await json('ec2', 'describe-images', '--owners', 'amazon');
      const image = ['--image-id', String(search(images, 'Images[0].ImageId')), '--instance-type', 't3.micro'];
      const tags = ['--tag-specifications', 'ResourceType=instance,Tags=[{Key=AutoOff,Value=yes}]'];
      await refused('(DryRunOperation)', 'ec2', 'run-instances', ...image, '--dry-run');
      const ids = [
        '--instance-ids',
        String(search(await json('ec2', 'run-instances', ...image, ...tags), 'Instances[0].InstanceId')),
      ];
      const pass = async (state: string): Promise<void> => {
        await sandbox.admin('clock', { advance: '2m' });
        await aws('ec2', 'wait', `instance-${state}`, ...ids);
      };
      await pass('running');
      const filters = ['--filters', 'Name=tag:AutoOff,Values=y*', 'Name=instance-state-name,Values=running'];
      holds(await json('ec2', 'describe-instances', ...filters), 'length(Reservations[].Instances[]) == `1`');
      await json('ec2', 'stop-instances', ...ids);
      await pass('stopped');
      await json('ec2', 'start-instances', ...ids);
      await pass('running');
      await json('ec2', 'terminate-instances', ...ids);
      await pass('terminated');
      await refused(
        '(InvalidInstanceID.NotFound)',
        'ec2',
        'describe-instances',
        '--instance-ids',
        'i-0123456789abcdef0',
      );
    },
  ],
  [
    'I1',
    'iam: a user with a key of its own',
    async ({ json, sandbox }) => {
      await json('iam', 'create-user', '--user-name', 'cli-user');
      const key = await json('iam', 'create-access-key', '--user-name', 'cli-user');
      const as = shellOf(sandbox, '', {
        AWS_ACCESS_KEY_ID: String(search(key, 'AccessKey.AccessKeyId')),
        AWS_SECRET_ACCESS_KEY: String(search(key, 'AccessKey.SecretAccessKey')),
      });
      holds(await as.json('sts', 'get-caller-identity'), "ends_with(Arn, ':user/cli-user')");
      await as.refused('(AccessDenied)', 's3', 'ls');
      const allowed = policy({ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' });
      const named = ['--user-name', 'cli-user', '--policy-name', 'own', '--policy-document', allowed];
      await json('iam', 'put-user-policy', ...named);
      same((await as.aws('s3', 'ls')).endsWith(' cli-set\n'), true);
    },
  ],
];

export async function runAwsCliServices(sandbox: StartedSandbox, report: (row: RowResult) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aws-labs-cli-'));
  const shell = shellOf(sandbox, folder, {});
  for (const [id, title, run] of rows) {
    const failure = await run(shell).then(
      () => undefined,
      (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)),
    );
    report({ id, title, ...(failure !== undefined && { failure }) });
  }
  await rm(folder, { recursive: true });
}

export const awsCliServiceRows: number = rows.length;

function shellOf(sandbox: StartedSandbox, folder: string, keys: Readonly<Record<string, string>>): Shell {
  const env = { ...process.env, ...sandbox.environment, ...keys, AWS_CONFIG_FILE: '/dev/null' };
  const aws = (...args: readonly string[]): Promise<string> =>
    new Promise((done, failed) => {
      execFile('aws', args, { env }, (error, stdout, stderr) => {
        if (error) failed(new Error(`aws ${args.slice(0, 2).join(' ')}: ${stderr.trim() || error.message}`));
        else done(args[0] === 's3' ? progressless(stdout) : stdout);
      });
    });
  return {
    folder,
    sandbox,
    aws,
    async json(...args) {
      const text = await aws(...args, '--output', 'json');
      return text.trim() === '' ? {} : (JSON.parse(text) as unknown);
    },
    async refused(words, ...args) {
      const said = await aws(...args).then(
        (text) => `accepted: ${text}`,
        (thrown: unknown) => String(thrown),
      );
      if (!said.includes(words))
        throw new Error(`${args.slice(0, 2).join(' ')} was to be refused with ${words}: ${said}`);
    },
  };
}

const progressless = (text: string): string => text.replaceAll(/^Completed .*?\r/gm, '');

async function putText(aws: Shell['aws'], key: string): Promise<void> {
  const file = join(tmpdir(), `aws-labs-${process.pid}`);
  await writeFile(file, key);
  await aws('s3', 'cp', file, `s3://cli-own/${key}`);
  await rm(file);
}

/** A page of a website: status, and its text or where it sends on to. */
function visit(sandbox: StartedSandbox, host: string, path: string): Promise<string> {
  const { port } = new URL(sandbox.environment['AWS_ENDPOINT_URL'] ?? '');
  return new Promise((done, failed) => {
    request({ host: '127.0.0.1', port, path, headers: { host: `${host}:${port}` } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      const target = response.headers.location?.replace(/^https?:\/\/[^/]*/, '');
      response.on('end', () => done(`${response.statusCode} ${target ?? text}`));
    })
      .on('error', failed)
      .end();
  });
}

const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

function same(actual: unknown, wanted: unknown): void {
  if (actual !== wanted) throw new Error(`is ${JSON.stringify(actual)}, expected ${JSON.stringify(wanted)}`);
}

function holds(answer: unknown, expression: string): void {
  if (search(answer, expression) !== true) throw new Error(`${expression} does not hold in ${JSON.stringify(answer)}`);
}
