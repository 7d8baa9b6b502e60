import {
  DeleteResourcePolicyCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetResourcePolicyCommand,
  KinesisClient,
  ListStreamsCommand,
  PutRecordCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-kinesis';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openKinesis, refusal, type OpenKinesis } from './openKinesis.ts';

let open: OpenKinesis;
beforeAll(async () => {
  open = await openKinesis();
});
afterAll(() => open.aws.stop());

const account = '123456789012';
const put = (client: KinesisClient, StreamARN: string) =>
  client.send(new PutRecordCommand({ StreamARN, Data: Buffer.from('x'), PartitionKey: 'k' }));

async function clientOfRole(name: string, statement: object): Promise<KinesisClient> {
  const iam = open.aws.client(IAMClient);
  const Principal = { AWS: `arn:aws:iam::${account}:root` };
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] };
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }));
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'p', PolicyDocument }));
  const { Credentials } = await open.aws
    .client(STSClient)
    .send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${name}`, RoleSessionName: 'me' }));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return open.aws.client(KinesisClient, { credentials });
}

it('of a stream is stored, read and deleted, and denies', async () => {
  const ResourceARN = await open.stream('p');
  const none = {
    code: 'ResourceNotFoundException',
    message: `No resource policy found for resource ARN ${ResourceARN}`,
  };
  const get = () => open.kinesis.send(new GetResourcePolicyCommand({ ResourceARN }));
  const remove = () => open.kinesis.send(new DeleteResourcePolicyCommand({ ResourceARN }));
  expect((await get()).Policy).toBe('{}');
  expect(await refusal(remove())).toMatchObject(none);
  const store = (Policy: string) => open.kinesis.send(new PutResourcePolicyCommand({ ResourceARN, Policy }));
  expect(await refusal(store('{'))).toMatchObject({ code: 'InvalidArgumentException' });
  const Statement = [{ Effect: 'Deny', Principal: '*', Action: 'kinesis:PutRecord', Resource: ResourceARN }];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await store(Policy);
  expect((await get()).Policy).toBe(Policy);
  expect(await refusal(put(open.kinesis, ResourceARN))).toMatchObject({ code: 'AccessDeniedException' });
  await remove();
  expect((await get()).Policy).toBe('{}');
  await put(open.kinesis, ResourceARN);
});

it('of a role says what it may, by the stream that iterators are of', async () => {
  const StreamARN = await open.stream('mine');
  const other = await open.stream('other');
  const Action = ['kinesis:PutRecord', 'kinesis:GetRecords'];
  const role = await clientOfRole('writer', { Effect: 'Allow', Action, Resource: StreamARN });
  await put(role, StreamARN);
  await role.send(new GetRecordsCommand({ ShardIterator: await open.iterator('mine') }));
  const denied = await refusal(put(role, other));
  expect(denied.code).toBe('AccessDeniedException');
  expect(denied.message).toBe(
    `User: arn:aws:sts::${account}:assumed-role/writer/me is not authorized to perform: kinesis:PutRecord on resource: ${other} ` +
      'because no identity-based policy allows the kinesis:PutRecord action',
  );
  for (const refused of [
    role.send(new GetRecordsCommand({ ShardIterator: await open.iterator('other') })),
    role.send(new DescribeStreamSummaryCommand({ StreamARN })),
    role.send(new ListStreamsCommand({})),
  ])
    expect(await refusal(refused)).toMatchObject({ code: 'AccessDeniedException' });
});
