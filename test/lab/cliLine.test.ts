// The line shown for a call, judged by the AWS CLI itself where it is installed: what the CLI would send is the very same input.
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { operations, isOperation, type OperationName } from '../../src/aws/operations.ts';
import { cliLine, FileName, kebab } from '../../src/lab/cliLine.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const place = { region: 'us-east-1' };

test.each([
  ['QueueUrl', 'queue-url'],
  ['MD5OfBody', 'md5-of-body'],
  ['AWSAccountIds', 'aws-account-ids'],
  ['ReturnSubscriptionArn', 'return-subscription-arn'],
  ['CallbackURLs', 'callback-urls'],
  ['AllowedOAuthFlowsUserPoolClient', 'allowed-o-auth-flows-user-pool-client'],
  ['SAMLMetadataDocument', 'saml-metadata-document'],
])('%s -> %s', (name, option) => {
  expect(kebab(name)).toBe(option);
});

test('quotes for a shell', () => {
  const line = cliLine(
    'sqs.SendMessage',
    { QueueUrl: 'http://x/1/Q', MessageBody: `it's {"a": "$HOME \`x\`"}` },
    { ...place, endpoint: 'http://127.0.0.1:1' },
  );
  expect(line).toBe(
    `aws sqs send-message --queue-url http://x/1/Q --message-body 'it'\\''s {"a": "$HOME \`x\`"}' --endpoint-url http://127.0.0.1:1 --region us-east-1`,
  );
});

test('attributes are text, as AWS wants them, however a lab writes them', () => {
  const Attributes = { MessageRetentionPeriod: 86400, RedrivePolicy: { maxReceiveCount: 1 }, DelaySeconds: '5' };
  expect(cliLine('sqs.CreateQueue', { QueueName: 'Q', Attributes }, place)).toBe(
    `aws sqs create-queue --queue-name Q --attributes '{"MessageRetentionPeriod":"86400","RedrivePolicy":"{\\"maxReceiveCount\\":1}","DelaySeconds":"5"}' --region us-east-1`,
  );
});

test('S3 has another name in the CLI, and what it streams is given by the name of the file', () => {
  const file = new FileName('labs/x/files/order.json');
  expect(cliLine('s3.PutObject', { Bucket: 'b', Key: 'k', Body: file }, place)).toBe(
    'aws s3api put-object --bucket b --key k --body labs/x/files/order.json --region us-east-1',
  );
  expect(cliLine('sqs.SendMessage', { QueueUrl: 'q', MessageBody: file }, place)).toContain(
    '--message-body file://labs/x/files/order.json',
  );
});

const hasCli = (() => {
  try {
    return execFileSync('aws', ['--version'], { encoding: 'utf8', timeout: 20_000 }).startsWith('aws-cli');
  } catch {
    return false;
  }
})();

describe.skipIf(!hasCli)('the AWS CLI takes it', () => {
  let sandbox: TestSandbox;
  beforeAll(async () => void (sandbox = await startTestSandbox()));
  afterAll(() => sandbox.stop());

  async function run(operation: OperationName, input: object): Promise<unknown> {
    const { endpoint, region, credentials } = sandbox;
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_PAGER: '',
      AWS_CONFIG_FILE: '/dev/null',
    };
    const { stdout } = await promisify(execFile)(
      'bash',
      ['-c', `${cliLine(operation, input, { region, endpoint })} --output json`],
      { env },
    );
    return stdout.trim() === '' ? {} : JSON.parse(stdout);
  }

  test(
    'with nested JSON, quotes, booleans, tags and numbers, and does what it says',
    { timeout: 120_000 },
    async () => {
      const policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
        ],
      });
      const created = await run('sqs.CreateQueue', {
        QueueName: 'Q',
        Attributes: { Policy: policy, DelaySeconds: '0' },
        tags: { 'aws-labs:session': 'a b' },
      });
      expect(created).toMatchObject({ QueueUrl: expect.stringContaining('/Q') });
      const QueueUrl = String(Object.values(created ?? {})[0]);
      expect(await run('sqs.GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] })).toEqual({
        Attributes: { Policy: policy },
      });
      expect(await run('sqs.ListQueueTags', { QueueUrl })).toEqual({ Tags: { 'aws-labs:session': 'a b' } });
      const body = `{"it's": "$HOME \\"quoted\\" \`ticks\` ü"}`;
      await run('sqs.SendMessage', {
        QueueUrl,
        MessageBody: body,
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'x y' } },
      });
      expect(
        await run('sqs.ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
      ).toMatchObject({ Messages: [{ Body: body }] });
      const topic = await run('sns.CreateTopic', { Name: 'T', Tags: [{ Key: 'aws-labs:lab', Value: 'x' }] });
      const TopicArn = String(Object.values(topic ?? {})[0]);
      expect(
        await run('sns.Subscribe', {
          TopicArn,
          Protocol: 'email',
          Endpoint: 'a@example.com',
          ReturnSubscriptionArn: true,
        }),
      ).toMatchObject({ SubscriptionArn: expect.stringContaining('arn:') });
      expect(await run('sns.Publish', { TopicArn, Subject: "it's", Message: '{"a":1}' })).toMatchObject({
        MessageId: expect.any(String),
      });
    },
  );

  test('of IAM and Cognito too: documents, tags, lists and switches', { timeout: 120_000 }, async () => {
    const SAMLMetadataDocument = readFileSync('test/fixtures/labs/sign-on/files/metadata.xml', 'utf8');
    const Tags = [{ Key: 'aws-labs:session', Value: 'a b' }];
    const provider = await run('iam.CreateSAMLProvider', { Name: 'Company', SAMLMetadataDocument, Tags });
    const SAMLProviderArn = String(Object.values(provider ?? {})[0]);
    expect(await run('iam.GetSAMLProvider', { SAMLProviderArn })).toMatchObject({ SAMLMetadataDocument, Tags });
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Federated: SAMLProviderArn }, Action: 'sts:AssumeRoleWithSAML' }],
    });
    expect(
      await run('iam.CreateRole', { RoleName: 'Reader', AssumeRolePolicyDocument, MaxSessionDuration: 7200, Tags }),
    ).toMatchObject({ Role: { RoleName: 'Reader', Tags } });
    const pool = await run('cognito-idp.CreateUserPool', {
      PoolName: 'People of the company',
      UserPoolTags: { 'aws-labs:session': 'a b' },
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
      AutoVerifiedAttributes: ['email'],
    });
    expect(pool).toMatchObject({ UserPool: { Name: 'People of the company', AutoVerifiedAttributes: ['email'] } });
    const UserPoolId = /"Id":"([^"]+)"/.exec(JSON.stringify(pool))?.[1];
    await run('cognito-idp.CreateUserPoolDomain', { UserPoolId, Domain: 'people' });
    expect(await run('cognito-idp.DescribeUserPoolDomain', { Domain: 'people' })).toMatchObject({
      DomainDescription: { UserPoolId },
    });
    await run('cognito-idp.CreateIdentityProvider', {
      UserPoolId,
      ProviderName: 'Company',
      ProviderType: 'SAML',
      ProviderDetails: { MetadataFile: SAMLMetadataDocument, IDPSignout: 'false' },
      AttributeMapping: { email: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress' },
    });
    const client = {
      UserPoolId,
      ClientName: 'app',
      SupportedIdentityProviders: ['Company'],
      CallbackURLs: ['https://app.example.com/back', 'http://localhost:3000'],
      LogoutURLs: ['https://app.example.com'],
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'aws.cognito.signin.user.admin'],
      AllowedOAuthFlowsUserPoolClient: true,
    };
    expect(await run('cognito-idp.CreateUserPoolClient', { ...client, GenerateSecret: true })).toMatchObject({
      UserPoolClient: { ...client, ClientSecret: expect.any(String) },
    });
  });

  test('by name, every operation of the table', { timeout: 120_000 }, async () => {
    const known = new Map<string, string>();
    const services = new Set(
      Object.keys(operations)
        .filter(isOperation)
        .map((each) => cliLine(each, {}, place).split(' ')[1] ?? ''),
    );
    for (const service of services) {
      // An unknown operation makes the CLI list all that it has.
      const said = await promisify(execFile)('aws', [service, 'no-such-operation']).catch(
        (error: { stderr: string }) => error.stderr,
      );
      known.set(service, String(said));
    }
    const missing = Object.keys(operations)
      .filter(isOperation)
      .filter((operation) => {
        const [, service = '', name = ''] = cliLine(operation, {}, place).split(' ');
        return !known.get(service)?.includes(name);
      });
    expect(missing).toEqual([]);
  });
});
