// Whole statements for what people most often want. `${n:…}` are the places to fill in, as editors know them.
import type { Attachment } from './model.ts';

export interface StatementSnippet {
  readonly label: string;
  readonly what: string;
  /** A statement's JSON, two spaces deep, with places. */
  readonly body: string;
}

/** Those that make sense on a topic, a queue or a bucket. */
export function snippetsFor({
  service,
  arn = '${1:arn}',
  account = '${2:account}',
}: Attachment): readonly StatementSnippet[] {
  switch (service) {
    case 'sns':
      return [
        {
          label: 'let an S3 bucket publish to this topic',
          what: 'S3 notifies this topic of what happens in the bucket.',
          body: fromService(
            'AllowS3ToPublish',
            's3.amazonaws.com',
            'sns:Publish',
            arn,
            'arn:aws:s3:::${3:bucket}',
            account,
          ),
        },
        {
          label: 'let EventBridge publish to this topic',
          what: 'A rule sends events to this topic.',
          body: statement(
            'AllowEventBridgeToPublish',
            '{ "Service": "events.amazonaws.com" }',
            'sns:Publish',
            arn,
            account,
          ),
        },
        {
          label: 'let another account publish to this topic',
          what: 'Whoever that account lets may publish.',
          body: statement('AllowAccountToPublish', '{ "AWS": "${1:123456789012}" }', 'sns:Publish', arn),
        },
      ];
    case 'sqs':
      return [
        {
          label: 'let an SNS topic send to this queue',
          what: 'What is published to the topic comes into this queue, once it is subscribed.',
          body: fromService(
            'AllowTopicToSend',
            'sns.amazonaws.com',
            'sqs:SendMessage',
            arn,
            '${3:arn of the topic}',
            undefined,
          ),
        },
        {
          label: 'let an S3 bucket send to this queue',
          what: 'S3 notifies this queue of what happens in the bucket.',
          body: fromService(
            'AllowS3ToSend',
            's3.amazonaws.com',
            'sqs:SendMessage',
            arn,
            'arn:aws:s3:::${3:bucket}',
            account,
          ),
        },
        {
          label: 'let another account send to this queue',
          what: 'Whoever that account lets may send.',
          body: statement('AllowAccountToSend', '{ "AWS": "${1:123456789012}" }', 'sqs:SendMessage', arn),
        },
      ];
    case 's3':
      return [
        {
          label: "make the bucket's objects readable by all",
          what: 'As for a website. Block Public Access has to be off.',
          body: statement('PublicRead', '"*"', 's3:GetObject', `${arn}/*`),
        },
        {
          label: 'refuse connections without TLS',
          what: 'Nobody comes in over plain HTTP.',
          body: denyPlain(arn),
        },
        {
          label: 'let another account read this bucket',
          what: 'Whoever that account lets may read its objects.',
          body: statement('AllowAccountToRead', '{ "AWS": "${1:123456789012}" }', 's3:GetObject', `${arn}/*`),
        },
      ];
    default:
      return [];
  }
}

function statement(sid: string, principal: string, action: string, resource: string, account?: string): string {
  const condition =
    account === undefined ? '' : `,\n  "Condition": {\n    "StringEquals": { "aws:SourceAccount": "${account}" }\n  }`;
  return `{\n  "Sid": "${sid}",\n  "Effect": "Allow",\n  "Principal": ${principal},\n  "Action": "${action}",\n  "Resource": "${resource}"${condition}\n}`;
}

function fromService(
  sid: string,
  service: string,
  action: string,
  resource: string,
  source: string,
  account: string | undefined,
): string {
  const owner = account === undefined ? '' : `,\n    "StringEquals": { "aws:SourceAccount": "${account}" }`;
  const plain = statement(sid, `{ "Service": "${service}" }`, action, resource).slice(0, -2);
  return `${plain},\n  "Condition": {\n    "ArnLike": { "aws:SourceArn": "${source}" }${owner}\n  }\n}`;
}

const denyPlain = (arn: string): string =>
  `{\n  "Sid": "OnlyTls",\n  "Effect": "Deny",\n  "Principal": "*",\n  "Action": "s3:*",\n  "Resource": ["${arn}", "${arn}/*"],\n  "Condition": {\n    "Bool": { "aws:SecureTransport": "false" }\n  }\n}`;
