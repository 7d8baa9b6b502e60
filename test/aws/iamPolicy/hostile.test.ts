// Whatever the text is: an answer, with places inside it, and soon. Every beginning of a policy, and thousands of random changes.
import { expect, test, vi } from 'vitest';
import { completePolicy } from '../../../src/aws/iamPolicy/complete.ts';
import { hoverPolicy } from '../../../src/aws/iamPolicy/hover.ts';
import type { Attachment } from '../../../src/aws/iamPolicy/model.ts';
import { validatePolicy } from '../../../src/aws/iamPolicy/validate.ts';
import { account, anyone, bucket, policyOf, queue, role, statementOf, topic } from './policies.ts';

vi.setConfig({ testTimeout: 60_000 });

const whole = policyOf(
  statementOf(topic, {
    Principal: '{ "Service": ["s3.amazonaws.com"], "AWS": "*" }',
    Condition: `{ "ArnLike": { "aws:SourceArn": "arn:aws:s3:::b*" }, "StringEquals": { "aws:SourceAccount": "${account}" } }`,
  }),
  statementOf(bucket, { Effect: '"Deny"', Principal: '"*"', Action: '["s3:*", "s3:Get?bject"]' }),
);

function look(text: string, offset: number, of: Attachment): void {
  for (const { start, end, message, fixes } of validatePolicy(text, of)) {
    const inside = 0 <= start && start <= end && end <= text.length && message !== '';
    if (!inside) expect.fail(`${start} to ${end} of ${text}`);
    for (const edit of fixes.flatMap(({ edits }) => edits))
      if (edit.start < 0 || edit.end > text.length) expect.fail(`an edit outside of ${text}`);
  }
  for (const { start, end } of completePolicy(text, offset, of))
    if (start < 0 || end > text.length) expect.fail(`a completion outside of ${text}`);
  hoverPolicy(text, offset);
}

/** A generator of numbers that gives the same ones each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('every beginning, and every end', () => {
  for (let length = 0; length <= whole.length; length++) {
    look(whole.slice(0, length), length, topic);
    look(whole.slice(length), 0, queue);
  }
});

test('five thousand random changes', () => {
  const next = numbers(20_251_118);
  const bits = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\n',
    '7',
    'null',
    'true',
    '"Statement"',
    '"Action"',
    '"__proto__"',
    '"constructor"',
    '*',
    '\uD800',
    '😀',
    '//',
    '\0',
  ];
  const attachments = [topic, queue, bucket, role, anyone];
  for (let round = 0; round < 5000; round++) {
    let text = whole;
    for (let changes = next(6); changes >= 0; changes--) {
      const at = next(text.length + 1);
      text = text.slice(0, at) + (bits[next(bits.length)] ?? '') + text.slice(at + next(12));
    }
    look(text, next(text.length + 1), attachments[round % attachments.length] ?? topic);
  }
});

test('names that objects have anyway', () => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    look(
      `{ "${name}": 1, "Statement": [{ "${name}": 2, "Principal": { "${name}": "x" }, "Condition": { "${name}": { "${name}": 1 } } }] }`,
      5,
      topic,
    );
  }
});

test('depth and wildcards take no time', () => {
  const began = performance.now();
  look(
    policyOf(
      statementOf(topic, { Action: `"sns:${'*P'.repeat(2000)}"`, Resource: `"arn:aws:sns:*:*:${'*a'.repeat(2000)}"` }),
    ),
    3,
    topic,
  );
  look('['.repeat(2000), 100, topic);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('a policy of 30 KB is judged in a moment', () => {
  const statements = Array.from({ length: 100 }, (_, number) => statementOf(topic, { Sid: `"S${number}"` }));
  const text = policyOf(...statements);
  validatePolicy(text, topic);
  const began = performance.now();
  validatePolicy(text, topic);
  expect(performance.now() - began).toBeLessThan(2000);
});
