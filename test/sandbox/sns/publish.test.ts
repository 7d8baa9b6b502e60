import { PublishCommand, type MessageAttributeValue, type PublishCommandInput } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invalid, noTopic, openSns, refusal, type OpenSns } from './openSns.ts';

let open: OpenSns;
let topic: string;
beforeAll(async () => {
  open = await openSns();
  topic = await open.topic('Order');
});
afterAll(() => open.aws.stop());

const publish = (input: Partial<PublishCommandInput>) =>
  open.sns.send(new PublishCommand({ TopicArn: topic, Message: 'x', ...input }));
const long = 256 * 1024;

describe('a message', () => {
  it.each<[string, Partial<PublishCommandInput>, string]>([
    ['empty', { Message: '' }, 'Empty message'],
    ['too long', { Message: 'x'.repeat(long + 1) }, 'Message too long'],
    [
      'too long with its attributes',
      { Message: 'x'.repeat(long - 5), MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } },
      'Message too long',
    ],
    ['empty subject', { Subject: '' }, 'Subject'],
    ['long subject', { Subject: 'x'.repeat(101) }, 'Subject'],
    ['subject of two lines', { Subject: 'one\ntwo' }, 'Subject'],
    ['subject beyond ASCII', { Subject: 'Bücher' }, 'Subject'],
    [
      'no JSON',
      { Message: '{"default', MessageStructure: 'json' },
      'Message Structure - JSON message body failed to parse',
    ],
    [
      'JSON without default',
      { Message: '{"sqs":"x"}', MessageStructure: 'json' },
      'Message Structure - No default entry in JSON message body',
    ],
    [
      'default not a text',
      { Message: '{"default":{}}', MessageStructure: 'json' },
      'Message Structure - No default entry in JSON message body',
    ],
    [
      'deduplicated on a standard topic',
      { MessageDeduplicationId: 'd' },
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    ],
    ['ARN too short', { TopicArn: 'randomstring' }, 'TopicArn Reason: An ARN must have at least 6 elements, not 1'],
    ['empty ARN', { TopicArn: '' }, 'TopicArn Reason: An ARN must have at least 6 elements, not 1'],
    ['another region', { TopicArn: 'arn:aws:sns:eu-west-1:123456789012:Order' }, 'TopicArn'],
  ])('%s is refused', async (_, input, message) => {
    expect(await refusal(publish(input))).toEqual(invalid(message));
  });

  it('needs a topic, and one that is there', async () => {
    expect(await refusal(publish({ TopicArn: `${topic}-no` }))).toEqual(noTopic);
    expect(await refusal(open.sns.send(new PublishCommand({ Message: 'x' })))).toEqual(
      invalid('TopicArn or TargetArn Reason: no value for required parameter'),
    );
    const endpoint = 'arn:aws:sns:us-east-1:123456789012:endpoint/ADM/app/00000000-0000-0000-0000-000000000000';
    expect(await refusal(open.sns.send(new PublishCommand({ TargetArn: endpoint, Message: 'x' })))).toEqual(
      invalid('TargetArn Reason: No endpoint found for the target arn specified'),
    );
  });

  it('of the longest size is taken, by topic or target ARN', async () => {
    expect((await publish({ Message: 'x'.repeat(long) })).MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect((await open.sns.send(new PublishCommand({ TargetArn: topic, Message: 'x' }))).MessageId).toBeDefined();
  });
});

describe('message attributes', () => {
  const text = { DataType: 'String', StringValue: 'v' };
  it.each<[string, MessageAttributeValue, string]>([
    [
      'attr1',
      { DataType: 'String', StringValue: '' },
      "The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'String'.",
    ],
    [
      'attr1',
      { DataType: 'String' },
      "The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'String'.",
    ],
    [
      'attr1',
      { DataType: 'Binary', BinaryValue: new Uint8Array() },
      "The message attribute 'attr1' must contain non-empty message attribute value for message attribute type 'Binary'.",
    ],
    [
      'attr1',
      { DataType: 'String', BinaryValue: Buffer.from('x') },
      "The message attribute 'attr1' with type 'String' must use field 'String'.",
    ],
    [
      'attr1',
      { DataType: 'Number', BinaryValue: Buffer.from('1') },
      "The message attribute 'attr1' with type 'Number' must use field 'String'.",
    ],
    [
      'attr1',
      { DataType: 'Binary', StringValue: 'x' },
      "The message attribute 'attr1' with type 'Binary' must use field 'Binary'.",
    ],
    [
      'attr1',
      { DataType: 'String.', StringValue: 'x' },
      "The message attribute 'attr1' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
    ],
    [
      'attr1',
      { DataType: 'Stringprefixed', StringValue: 'x' },
      "The message attribute 'attr1' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
    ],
    ['attr1', { DataType: 'Number', StringValue: 'many' }, "Could not cast message attribute 'attr1' value to number."],
    ['a'.repeat(257), text, 'Length of message attribute name must be less than 256 bytes.'],
    [
      'a^b',
      text,
      "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
    ],
    ['.a', text, "Invalid message attribute name starting with character '.' was found."],
    ['a.', text, "Invalid message attribute name ending with character '.' was found."],
    ['a..b', text, "Message attribute name can not have successive '.' character."],
  ])('%s: %j is refused', async (name, value, message) => {
    const refused = await refusal(publish({ MessageAttributes: { [name]: value } }));
    expect(refused).toEqual({ code: 'ParameterValueInvalid', message, status: 400 });
  });

  it('need a type', async () => {
    const attribute = { StringValue: 'x' } as MessageAttributeValue; // what the SDK's type forbids
    expect(await refusal(publish({ MessageAttributes: { attr1: attribute } }))).toEqual({
      code: 'ValidationError',
      message:
        "1 validation error detected: Value null at 'messageAttributes.attr1.member.dataType' failed to satisfy constraint: Member must not be null",
      status: 400,
    });
  });

  it('have types of one’s own after a dot', async () => {
    const MessageAttributes = {
      a: { DataType: 'String.custom', StringValue: 'x' },
      b: { DataType: 'Number.int', StringValue: '-1.5e3' },
      c: { DataType: 'String.Array', StringValue: '["x", 1, true, null]' },
      d: { DataType: 'String.  odd.', StringValue: 'x' },
    };
    expect((await publish({ MessageAttributes })).MessageId).toBeDefined();
  });
});
