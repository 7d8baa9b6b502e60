// Subscriptions: what may be subscribed to a topic, in words, and how it is confirmed and let in.
// In: topic, protocol, endpoint. Out: the subscription, or the rule that is broken. Never: confirms what was not asked for.
import { isDeepStrictEqual } from 'node:util';
import { AwsFailure } from '../errors.ts';
import type { Look } from '../resources/kind.ts';
import { nameInArn, sendOptions } from '../resources/lookup.ts';
import type { Mail, Target } from '../target.ts';

export const protocols = [
  'sqs',
  'email',
  'email-json',
  'https',
  'http',
  'lambda',
  'firehose',
  'sms',
  'application',
] as const;
export type Protocol = (typeof protocols)[number];

export const isProtocol = (text: string): text is Protocol => protocols.some((each) => each === text);

/** For people: what an endpoint of this protocol is. */
export const endpointWords: Readonly<Record<Protocol, string>> = {
  sqs: "The queue's ARN",
  email: 'E-mail address',
  'email-json': 'E-mail address',
  https: 'Address that begins with https://',
  http: 'Address that begins with http://',
  lambda: "The function's ARN",
  firehose: "The delivery stream's ARN",
  sms: 'Phone number with its country code, such as +4915112345678',
  application: "ARN of a mobile app's endpoint",
};

export function mistakeInEndpoint(protocol: Protocol, endpoint: string, fifoTopic = false): string | undefined {
  if (fifoTopic && protocol !== 'sqs') return 'A FIFO topic sends to queues only.';
  if (endpoint === '') return `${endpointWords[protocol]}, please.`;
  switch (protocol) {
    case 'email':
    case 'email-json':
      return /^[^\s@]+@[^\s@]+$/.test(endpoint) ? undefined : 'This is not an e-mail address.';
    case 'http':
    case 'https':
      return URL.canParse(endpoint) && endpoint.startsWith(`${protocol}://`)
        ? undefined
        : `The address begins with ${protocol}://`;
    case 'sms':
      return /^\+[1-9]\d{6,14}$/.test(endpoint) ? undefined : 'A phone number begins with + and its country code.';
    case 'sqs':
      return arnProblem(endpoint, 'sqs', fifoTopic ? undefined : standardOnly(endpoint));
    case 'lambda':
      return arnProblem(endpoint, 'lambda');
    case 'firehose':
      return arnProblem(endpoint, 'firehose');
    case 'application':
      return arnProblem(endpoint, 'sns');
  }
}

const standardOnly = (arn: string) =>
  arn.endsWith('.fifo') ? 'A standard topic does not send to FIFO queues.' : undefined;

function arnProblem(endpoint: string, service: string, more?: string): string | undefined {
  return new RegExp(`^arn:[\\w-]+:${service}:[\\w-]+:\\d{12}:.+`).test(endpoint)
    ? more
    : `An ARN, such as arn:aws:${service}:us-east-1:123456789012:name`;
}

export interface Subscribed {
  /** Undefined while it waits for its confirmation. */
  readonly arn?: string;
}

export async function subscribe(
  look: Look,
  wish: { readonly topicArn: string; readonly protocol: Protocol; readonly endpoint: string; readonly raw: boolean },
): Promise<Subscribed> {
  const { topicArn: TopicArn, protocol: Protocol, endpoint: Endpoint, raw } = wish;
  const Attributes = raw ? { RawMessageDelivery: 'true' } : {};
  const input = { TopicArn, Protocol, Endpoint, Attributes };
  const { SubscriptionArn = '' } = await look.target.send('sns.Subscribe', input, sendOptions(look));
  return SubscriptionArn.startsWith('arn:') ? { arn: SubscriptionArn } : {};
}

/** The queue's policy with one statement more, by which this topic may send; the rest stays. */
export function policyLettingIn(policy: string | undefined, queueArn: string, topicArn: string): string {
  const given: { Version?: string; Statement?: unknown } =
    policy === undefined || policy === '' ? { Version: '2012-10-17' } : JSON.parse(policy);
  const others: unknown[] = [given.Statement ?? []].flat();
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queueArn,
    Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
  };
  const kept = others.filter((each) => !isSame(each, statement));
  const Sid = freeSid(`allow-${nameInArn(topicArn)}`.replaceAll(/[^\w-]/g, '-'), kept);
  return JSON.stringify({ ...given, Statement: [...kept, { Sid, ...statement }] });
}

/** By what it says, and not by its name: topics of other accounts and regions may have the same name. */
function isSame(one: unknown, other: object): boolean {
  const { Sid: _, ...said } = record(one);
  return isDeepStrictEqual(said, { ...other });
}

function freeSid(wanted: string, statements: readonly unknown[]): string {
  const taken = new Set(statements.map((each) => record(each)['Sid']));
  for (let number = 1; ; number++) {
    const sid = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(sid)) return sid;
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

export async function letTopicIn(
  look: Look,
  queue: { readonly url: string; readonly arn: string },
  topicArn: string,
): Promise<void> {
  const { target } = look;
  const asked = { QueueUrl: queue.url, AttributeNames: ['Policy' as const] };
  const { Attributes = {} } = await target.send('sqs.GetQueueAttributes', asked, sendOptions(look));
  const Policy = policyLettingIn(Attributes.Policy, queue.arn, topicArn);
  await target.send('sqs.SetQueueAttributes', { QueueUrl: queue.url, Attributes: { Policy } }, sendOptions(look));
}

export interface Token {
  readonly token: string;
  /** Where the pasted link names it. */
  readonly topicArn?: string;
}

/** From what a person pastes: the link of the mail, the `SubscribeURL`, or the token by itself. */
export function readToken(pasted: string): Token | undefined {
  const text = pasted.trim();
  if (!URL.canParse(text)) return /^[\w.-]{8,2000}$/.test(text) ? { token: text } : undefined;
  const { searchParams } = new URL(text);
  const token = searchParams.get('Token');
  const topicArn = searchParams.get('TopicArn');
  return token === null || token === '' ? undefined : { token, ...(topicArn !== null && { topicArn }) };
}

export async function confirm(look: Look, topicArn: string, token: string): Promise<string> {
  const input = { TopicArn: topicArn, Token: token };
  const { SubscriptionArn } = await look.target.send('sns.ConfirmSubscription', input, sendOptions(look));
  if (SubscriptionArn !== undefined) return SubscriptionArn;
  throw new AwsFailure('refused', {
    code: 'NotConfirmed',
    what: 'SNS confirmed nothing.',
    advice: 'Is the token right?',
  });
}

/** In the sandbox: the newest mail that asks this address to confirm this topic, and its token. */
export async function tokenInMailbox(
  { mailbox }: Target,
  { topicArn, endpoint }: { readonly topicArn: string; readonly endpoint: string },
): Promise<string | undefined> {
  const mails = (await mailbox?.list()) ?? [];
  return mails
    .filter(({ to }) => to === endpoint)
    .toSorted((one, other) => other.date.localeCompare(one.date))
    .flatMap(tokensOf)
    .find((each) => each.topicArn === topicArn)?.token;
}

function tokensOf({ links }: Mail): readonly Token[] {
  return links.flatMap(({ url }) => readToken(url) ?? []);
}
