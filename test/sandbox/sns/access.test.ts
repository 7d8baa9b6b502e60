import {
  AddPermissionCommand,
  GetTopicAttributesCommand,
  PublishCommand,
  RemovePermissionCommand,
  SNSClient,
  SetTopicAttributesCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portOf } from '../../../src/sandbox/hosting.ts';
import { invalid, noTopic, openSns, refusal, type OpenSns } from './openSns.ts';

let open: OpenSns;
beforeAll(async () => {
  open = await openSns({ anyCredentials: true });
});
afterAll(() => open.aws.stop());

/** A client of another account: with any credentials allowed, the access key says which. */
const stranger = () =>
  open.aws.client(SNSClient, { credentials: { accessKeyId: '999988887777', secretAccessKey: 'x' } });

const policyOf = async (TopicArn: string) => {
  const { Attributes } = await open.sns.send(new GetTopicAttributesCommand({ TopicArn }));
  return JSON.parse(Attributes?.['Policy'] ?? '') as { Statement: object[] };
};
const setPolicy = (TopicArn: string, statement: object) => {
  const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement: [{ Resource: TopicArn, ...statement }] });
  return open.sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
};
const publish = (client: SNSClient, TopicArn: string) => client.send(new PublishCommand({ TopicArn, Message: 'x' }));

describe('another account', () => {
  it('is refused by the default policy', async () => {
    const arn = await open.topic('own');
    expect(await refusal(publish(stranger(), arn))).toEqual({
      code: 'AuthorizationError',
      message:
        'User: arn:aws:iam::999988887777:user/learner is not authorized to perform: SNS:Publish on resource: ' +
        `${arn} because no resource-based policy allows the SNS:Publish action`,
      status: 403,
    });
  });

  it('may what AddPermission grants, until RemovePermission', async () => {
    const TopicArn = await open.topic('shared');
    const grant = { TopicArn, Label: 'test', AWSAccountId: ['999988887777'] };
    await open.sns.send(new AddPermissionCommand({ ...grant, ActionName: ['Publish'] }));
    expect((await policyOf(TopicArn)).Statement[1]).toEqual({
      Sid: 'test',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999988887777:root' },
      Action: 'SNS:Publish',
      Resource: TopicArn,
    });
    await publish(stranger(), TopicArn);
    await open.sns.send(new RemovePermissionCommand({ TopicArn, Label: 'test' }));
    expect((await policyOf(TopicArn)).Statement).toHaveLength(1);
    expect((await refusal(publish(stranger(), TopicArn))).code).toBe('AuthorizationError');
  });
});

it('AddPermission refuses a label twice and actions that are not of SNS', async () => {
  const TopicArn = await open.topic('labels');
  const add = (Label: string, ActionName: string, arn = TopicArn) =>
    open.sns.send(
      new AddPermissionCommand({ TopicArn: arn, Label, AWSAccountId: ['999988887777'], ActionName: [ActionName] }),
    );
  await add('one', 'Subscribe');
  expect(await refusal(add('one', 'Publish'))).toEqual(invalid('Statement already exists'));
  expect(await refusal(add('two', 'Fly'))).toEqual(invalid('Policy statement action out of service scope!'));
  expect(await refusal(add('two', 'Publish', `${TopicArn}-no`))).toEqual(noTopic);
});

it("the owner's account may, unless the policy denies it", async () => {
  const arn = await open.topic('denied');
  await setPolicy(arn, { Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'SNS:Publish' });
  await publish(open.sns, arn);
  await setPolicy(arn, { Effect: 'Deny', Principal: '*', Action: 'SNS:Publish' });
  expect((await refusal(publish(open.sns, arn))).message).toContain('with an explicit deny in a resource-based policy');
});

describe('a service', () => {
  const bucket = 'arn:aws:s3:::orders';
  const asS3 = { service: 's3.amazonaws.com', sourceArn: bucket, sourceAccount: '123456789012' };
  const publishAsS3 = async (arn: string) =>
    (await portOf(open.aws.sandbox.hosting, 'sns')).publish(
      arn,
      { subject: 'Amazon S3 Notification', message: '{}' },
      asS3,
    );

  it('is refused by the default policy, and by a topic that is not there', async () => {
    const arn = await open.topic('events');
    expect(await publishAsS3(arn)).toMatchObject({ ok: false, reason: 'access-denied' });
    expect(await publishAsS3(`${arn}-no`)).toMatchObject({ ok: false, reason: 'no-such-topic' });
  });

  it('may publish where the policy names it and its bucket', async () => {
    const arn = await open.topic('allowed');
    const statement = { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'SNS:Publish' };
    await setPolicy(arn, { ...statement, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:other' } } });
    expect(await publishAsS3(arn)).toMatchObject({ ok: false, reason: 'access-denied' });
    const Condition = { ArnLike: { 'aws:SourceArn': bucket }, StringEquals: { 'aws:SourceAccount': '123456789012' } };
    await setPolicy(arn, { ...statement, Condition });
    expect(await publishAsS3(arn)).toMatchObject({ ok: true });
  });
});
