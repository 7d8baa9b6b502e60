import {
  confirm,
  endpointWords,
  letTopicIn,
  mistakeInEndpoint,
  protocols,
  readToken,
  subscribe,
  tokenInMailbox,
  type Protocol,
} from '../../../aws/actions/subscribe.ts';
import type { Found } from '../../../aws/resources/kind.ts';
import { kinds } from '../../../aws/resources/kinds.ts';
import type { Target } from '../../../aws/target.ts';
import { Refusal, offer } from '../../explain.ts';
import { pickAim } from '../pickAim.ts';
import { onResource, pinned, type ActionRim, type Call } from './actionRim.ts';
import { say, type Choice } from './answers.ts';

export function subscriptionActions(rim: ActionRim) {
  return {
    'awsLabs.subscribe': onResource(rim, { kinds: ['topic'], title: 'Subscribe to which topic?' }, (topic, call) =>
      subscribeTo(rim, topic, call),
    ),
    'awsLabs.confirmSubscription': onResource(
      rim,
      { kinds: ['subscription', 'topic'], title: 'Confirm which subscription?' },
      (found, call) => confirmIt(rim, found, call),
    ),
  };
}

const details: Readonly<Record<Protocol, string>> = {
  sqs: 'A queue of this account or another',
  email: 'Text for people; confirmed by a link in a mail',
  'email-json': 'The whole envelope as JSON; confirmed by a link in a mail',
  https: 'A web server; confirmed by a request to it',
  http: 'A web server, unencrypted; confirmed by a request to it',
  lambda: 'A function',
  firehose: 'A delivery stream; needs a role',
  sms: 'A phone',
  application: 'A mobile app',
};

/** Answers with the subscription's ARN, or `pending`. */
async function subscribeTo(rim: ActionRim, topic: Found, call: Call): Promise<string | undefined> {
  const { target, answers } = call;
  const fifo = topic.name.endsWith('.fifo');
  const offered = protocols.filter((each) => !fifo || each === 'sqs');
  const choices = offered.map((value): Choice<Protocol> => ({ label: value, value, detail: details[value] }));
  const protocol = await answers.choice('protocol', choices, {
    title: `Subscribe to ${topic.name}: by which protocol?`,
  });
  if (protocol === undefined) return undefined;
  const picked = await askEndpoint(topic, protocol, call);
  if (picked === undefined) return undefined;
  const options = await askOptions(protocol, picked.queue, call);
  if (options === undefined) return undefined;
  const topicArn = topic.ref;
  if (picked.queue && options.has('allow'))
    await letTopicIn({ target }, { url: picked.queue.ref, arn: picked.endpoint }, topicArn);
  const wish = { topicArn, protocol, endpoint: picked.endpoint, raw: options.has('raw') };
  const { arn } = await subscribe({ target }, wish);
  rim.refresh.refresh({ kind: 'resource', found: topic });
  say(arn === undefined ? pendingWords(picked.endpoint, target.mailbox !== undefined) : `Subscribed to ${topic.name}.`);
  return arn ?? 'pending';
}

function pendingWords(endpoint: string, sandbox: boolean): string {
  const where = sandbox ? 'the mailbox has the mail' : `${endpoint} gets a message with a link`;
  return `It waits for its confirmation: ${where}. "Confirm Subscription" in its context menu does it, too.`;
}

interface Endpoint {
  readonly endpoint: string;
  readonly queue?: Found;
}

async function askEndpoint(topic: Found, protocol: Protocol, call: Call): Promise<Endpoint | undefined> {
  const { target, answers } = call;
  const fifo = topic.name.endsWith('.fifo');
  const given = answers.given('endpoint');
  if (protocol === 'sqs' && (typeof given !== 'string' || !given.startsWith('arn:'))) {
    const queue =
      typeof given === 'string' ? await kinds.queue.find({ target }, { name: given }) : await pickQueue(target);
    if (queue?.arn !== undefined) {
      const mistake = mistakeInEndpoint(protocol, queue.arn, fifo);
      if (mistake !== undefined) throw new Refusal({ what: mistake, advice: 'Choose another queue.' });
      return { endpoint: queue.arn, queue };
    }
    if (typeof given === 'string') throw new Refusal({ what: `There is no queue ${given} here.` });
    return undefined;
  }
  const endpoint = await answers.text('endpoint', {
    title: `Subscribe to ${topic.name}`,
    prompt: endpointWords[protocol],
    mistake: (text) => mistakeInEndpoint(protocol, text.trim(), fifo),
  });
  return endpoint === undefined ? undefined : { endpoint: endpoint.trim() };
}

async function pickQueue(target: Target): Promise<Found | undefined> {
  const aim = await pickAim(pinned(target), ['queue'], 'Which queue is to get the messages?');
  return aim?.kind === 'resource' ? aim.found : undefined;
}

async function askOptions(
  protocol: Protocol,
  queue: Found | undefined,
  { answers }: Call,
): Promise<ReadonlySet<'allow' | 'raw'> | undefined> {
  const allow: Choice<'allow' | 'raw'> = {
    label: 'Let the topic in',
    value: 'allow',
    picked: true,
    detail: `Adds a statement to the policy of ${queue?.name ?? 'the queue'}. Without one, SQS refuses what SNS sends.`,
  };
  const raw: Choice<'allow' | 'raw'> = {
    label: 'Raw message delivery',
    value: 'raw',
    detail: 'The message alone arrives, without the envelope of SNS',
  };
  const canBeRaw = protocol === 'sqs' || protocol === 'http' || protocol === 'https' || protocol === 'firehose';
  const choices = [...(queue ? [allow] : []), ...(canBeRaw ? [raw] : [])];
  if (choices.length === 0) return new Set();
  return answers.flags(choices, 'How is it subscribed? Enter goes on with what is ticked');
}

/** In the sandbox by the token in its mailbox; elsewhere by what the person pastes. */
async function confirmIt(rim: ActionRim, found: Found, { target, answers }: Call): Promise<string | undefined> {
  const { topicArn = found.ref, endpoint } = found.key;
  if (found.kind === 'subscription' && found.arn !== undefined) {
    const described = await kinds.subscription.describe({ target }, found);
    if (described?.facts['PendingConfirmation'] !== 'true')
      throw new Refusal({ severity: 'info', what: `${found.name} is confirmed already.` });
  }
  const mailed = answers.given('token') === undefined && endpoint !== undefined;
  const inMailbox = mailed ? await tokenInMailbox(target, { topicArn, endpoint }) : undefined;
  const token = inMailbox ?? (await askToken(topicArn, target.mailbox !== undefined, answers));
  if (token === undefined) return undefined;
  const arn = await confirm({ target }, topicArn, token);
  rim.refresh.refresh({ kind: 'group', group: 'topic' });
  say(`Confirmed: ${endpoint ?? arn}.`);
  return arn;
}

async function askToken(topicArn: string, sandbox: boolean, answers: Call['answers']): Promise<string | undefined> {
  if (answers.silent && answers.given('token') === undefined)
    throw new Refusal({
      what: 'No mail asks this address to confirm it.',
      advice: 'Subscribe again, which sends a new one; or give the token.',
      offers: sandbox ? [offer('openMailbox')] : [],
    });
  const pasted = await answers.text('token', {
    title: 'Confirm a subscription',
    prompt: 'Paste the link of the confirmation, or its token',
    mistake: (text) => {
      const read = readToken(text);
      if (read === undefined) return 'This is neither a link with a token nor a token.';
      return read.topicArn === undefined || read.topicArn === topicArn ? undefined : 'This link is of another topic.';
    },
  });
  return pasted === undefined ? undefined : readToken(pasted)?.token;
}
