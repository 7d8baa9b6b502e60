// The language of attributes: what is wrong in the text, before it is saved.
import { expect, test } from 'vitest';
import { languageOf } from '../../../src/host/resources/documents/language.ts';
import { readMarks } from '../../aws/iamPolicy/policies.ts';

const queue = languageOf('aws-labs', '/queue/123456789012/us-east-1/Q/attributes.json');
const seen = '{ "VisibilityTimeout": 30, "RedrivePolicy": null, "$readOnly": { "QueueArn": "arn" } }';

test.each([
  ['as it was', seen],
  ['in another form', '{"RedrivePolicy":null,"$readOnly":{"QueueArn":"arn"},"VisibilityTimeout":30}'],
  ['too much', '{ "VisibilityTimeout": «43201» }', 'value'],
  ['text for a number', '{ "VisibilityTimeout": «"30"» }', 'value'],
  ['no object', '{ "RedrivePolicy": «[1]» }', 'value'],
  ['a name that is nearly right', '{ «"VisibilityTimout"»: 30 }', 'unknown'],
  ['a name that every object has', '{ «"constructor"»: 30 }', 'unknown'],
  ['what is only shown', '{ «"$readOnly"»: { "QueueArn": "other" } }', 'read-only'],
  ['no JSON', '{ "VisibilityTimeout": 30 «"RedrivePolicy"»: null }', 'json'],
])('%s', (_title, marked, ...codes) => {
  const { text, spans } = readMarks(marked);
  const found = queue.validate(text, seen).map(({ code, start, end }) => ({ code, start, end }));
  expect(found).toEqual(codes.map((code, index) => ({ code, ...spans[index] })));
});

test('names that are not there yet, and values', () => {
  const labels = (marked: string) =>
    queue.complete(marked.replace('‸', ''), marked.indexOf('‸')).map(({ label }) => label);
  expect(labels('{ "VisibilityTimeout": 30, "‸" }')).toEqual(expect.arrayContaining(['DelaySeconds', 'RedrivePolicy']));
  expect(labels('{ "VisibilityTimeout": 30, "‸" }')).not.toContain('VisibilityTimeout');
  expect(labels('{ "SqsManagedSseEnabled": ‸ }')).toEqual(['true', 'false']);
  expect(labels('{ "RedrivePolicy": { ‸ } }')).toEqual([]);
});

test('what an attribute is', () => {
  const text = '{ "DelaySeconds": 0 }';
  expect(queue.hover(text, 5)?.text).toBe(
    'How long a new message stays hidden. It is a whole number from 0 to 900 (seconds).',
  );
});

test('never throws', () => {
  for (let length = 0; length <= seen.length; length++)
    for (const text of [seen.slice(0, length), seen.slice(length)]) {
      queue.validate(text, seen);
      queue.validate(text, text);
      queue.complete(text, text.length);
      queue.hover(text, 1);
    }
});
