// Policies for the tests, and marks in them: «…» is where a finding is expected, ‸ where the cursor stands.
import type { Attachment } from '../../../src/aws/iamPolicy/model.ts';

export const account = '123456789012';

export const topic: Attachment = {
  kind: 'resource',
  service: 'sns',
  arn: `arn:aws:sns:us-east-1:${account}:Order`,
  account,
};
export const queue: Attachment = {
  kind: 'resource',
  service: 'sqs',
  arn: `arn:aws:sqs:us-east-1:${account}:ContentQ`,
  account,
};
export const bucket: Attachment = { kind: 'resource', service: 's3', arn: 'arn:aws:s3:::orders', account };
export const role: Attachment = { kind: 'identity' };
export const anyone: Attachment = { kind: 'unknown' };

/** What stands around one statement. */
export const policyOf = (...statements: readonly string[]): string =>
  `{ "Version": "2012-10-17", "Statement": [${statements.join(', ')}] }`;

const good: Readonly<Record<string, string>> = {
  Sid: '"One"',
  Effect: '"Allow"',
  Principal: `{ "AWS": "${account}" }`,
};
const goodOf = new Map<Attachment, Readonly<Record<string, string>>>([
  [topic, { ...good, Action: '"sns:Publish"', Resource: `"${topic.arn}"` }],
  [queue, { ...good, Action: '"sqs:SendMessage"', Resource: `"${queue.arn}"` }],
  [bucket, { ...good, Action: '"s3:GetObject"', Resource: `"${bucket.arn}/*"` }],
  [role, { Effect: '"Allow"', Action: '"sqs:SendMessage"', Resource: '"*"' }],
  [anyone, { Effect: '"Allow"', Action: '"dynamodb:GetItem"', Resource: '"*"' }],
]);

/** A statement that is right, but for these elements; undefined leaves one out. The names may hold marks. */
export function statementOf(of: Attachment, changes: Readonly<Record<string, string | undefined>> = {}): string {
  const members = Object.entries({ ...goodOf.get(of), ...changes }).filter(([, value]) => value !== undefined);
  return `{ ${members.map(([name, value]) => (name.startsWith('«') ? `«"${name.slice(1, -1)}"»: ${value}` : `"${name}": ${value}`)).join(', ')} }`;
}

export interface Marked {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

export function readMarks(marked: string): Marked {
  const spans: { start: number; end: number }[] = [];
  let text = '';
  for (const part of marked.split(/([«»])/)) {
    const last = spans.at(-1);
    if (part === '«') spans.push({ start: text.length, end: text.length });
    else if (part === '»' && last) last.end = text.length;
    else text += part;
  }
  return { text, spans };
}
