import type { Call } from '../service.ts';
import { authorize } from './access.ts';
import { parseStreamArn } from './arn.ts';
import { insist, named, within } from './constraints.ts';
import { activeStreamFor, dueOf, findStream, streamFor } from './kinesis.ts';
import type { Kinesis, KinesisHandlers, Named } from './kinesis.ts';
import { inUse, invalid, limitExceeded, notFound } from './refusals.ts';
import type { Consumer, Stream } from './state.ts';
import { readTags } from './readTags.ts';

const most = 20;

export const consumerHandlers = (kinesis: Kinesis) =>
  ({
    RegisterStreamConsumer({ StreamARN, ConsumerName: name, Tags = {} }, call) {
      insist(named(name, 'consumerName'));
      const stream = activeStreamFor(kinesis, { StreamARN }, 'RegisterStreamConsumer', call);
      if (stream.consumers.has(name))
        throw inUse(`Consumer ${name} under stream ${stream.name} already exists for account ${stream.account}.`);
      if (stream.consumers.size >= most)
        throw limitExceeded(`Stream ${stream.name} under account ${stream.account} has ${most} consumers already.`);
      const consumer = newConsumer(stream, name, kinesis);
      readTags(Tags, { ...stream, tags: consumer.tags }).forEach((value, key) => consumer.tags.set(key, value));
      stream.consumers.set(name, consumer);
      kinesis.world.changed();
      return { Consumer: describe(consumer, kinesis) };
    },
    DescribeStreamConsumer(input, call) {
      const { stream, consumer } = consumerFor(kinesis, input, 'DescribeStreamConsumer', call);
      return { ConsumerDescription: { ...describe(consumer, kinesis), StreamARN: stream.arn } };
    },
    DeregisterStreamConsumer(input, call) {
      const { consumer } = consumerFor(kinesis, input, 'DeregisterStreamConsumer', call);
      consumer.gone ??= dueOf(kinesis);
      kinesis.world.changed();
    },
    ListStreamConsumers({ StreamARN, NextToken, MaxResults = 100 }, call) {
      insist(within(MaxResults, 'maxResults', 1, 10_000));
      const stream = streamFor(kinesis, { StreamARN }, 'ListStreamConsumers', call);
      const after = NextToken === undefined ? '' : Buffer.from(NextToken, 'base64url').toString();
      const all = [...stream.consumers.values()]
        .filter(({ name }) => name > after)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const page = all.slice(0, MaxResults);
      const last = all.length > MaxResults ? page.at(-1) : undefined;
      return {
        Consumers: page.map((consumer) => describe(consumer, kinesis)),
        ...(last && { NextToken: Buffer.from(last.name).toString('base64url') }),
      };
    },
  }) satisfies KinesisHandlers;

function newConsumer({ arn }: Stream, name: string, kinesis: Kinesis): Consumer {
  const created = kinesis.world.clock.now();
  return {
    arn: `${arn}/consumer/${name}:${Math.floor(created / 1000)}`,
    name,
    created,
    active: dueOf(kinesis),
    gone: undefined,
    tags: new Map(),
    policy: undefined,
  };
}

function describe({ arn, name, created, active, gone }: Consumer, { world }: Kinesis) {
  const now = world.clock.now();
  return {
    ConsumerName: name,
    ConsumerARN: arn,
    ConsumerStatus:
      gone !== undefined ? ('DELETING' as const) : active <= now ? ('ACTIVE' as const) : ('CREATING' as const),
    ConsumerCreationTimestamp: new Date(created),
  };
}

interface ConsumerNames extends Named {
  readonly ConsumerName?: string | undefined;
  readonly ConsumerARN?: string | undefined;
}

interface Found {
  readonly stream: Stream;
  readonly consumer: Consumer;
}

/** By its own ARN, or by the stream's and its name. */
function consumerFor(kinesis: Kinesis, names: ConsumerNames, operation: string, call: Call): Found {
  const { ConsumerARN, ConsumerName, StreamARN } = names;
  if (ConsumerARN !== undefined) return consumerAt(kinesis, ConsumerARN, operation, call);
  if (ConsumerName === undefined || StreamARN === undefined)
    throw invalid('Either ConsumerARN or both StreamARN and ConsumerName must be provided.');
  const stream = streamFor(kinesis, { StreamARN }, operation, call);
  const consumer = stream.consumers.get(ConsumerName);
  if (!consumer) throw notFound(`Consumer ${ConsumerName}, account ${stream.account} not found.`);
  return { stream, consumer };
}

function consumerAt(kinesis: Kinesis, arn: string, operation: string, call: Call): Found {
  const parts = parseStreamArn(arn);
  const stream = parts && parts.region === call.region ? findStream(kinesis, parts.streamArn) : undefined;
  const consumer = stream?.consumers.get(parts?.consumer ?? '');
  if (!stream || consumer?.arn !== arn)
    throw notFound(`Consumer ${parts?.consumer ?? arn}, account ${parts?.account ?? call.account} not found.`);
  authorize(arn, consumer.policy, operation, call, kinesis.world.clock.now());
  return { stream, consumer };
}

/** A stream or a consumer: what has tags and a policy. */
export function resourceFor(kinesis: Kinesis, arn: string, operation: string, call: Call): Stream | Consumer {
  const isConsumer = parseStreamArn(arn)?.consumer !== undefined;
  return isConsumer
    ? consumerAt(kinesis, arn, operation, call).consumer
    : streamFor(kinesis, { StreamARN: arn }, operation, call);
}
