// Looks up what a message to a queue, topic or stream has to keep to: type, deduplication, size.
import type { Found, Look } from '../resources/kind.ts';
import { kinds } from '../resources/kinds.ts';
import type { Destination } from './draft.ts';

const kibi = 1024;
/** What the services set where a resource says nothing. */
const usual = { queue: 1024 * kibi, topic: 256 * kibi, stream: 1024 * kibi } as const;

/** Undefined where it is no longer there. */
export async function destinationOf(look: Look, found: Found): Promise<Destination | undefined> {
  const kind = destinationKind(found);
  const described = await kinds[kind].describe(look, found);
  if (described === undefined) return undefined;
  const { facts, name, ref } = described;
  return {
    kind,
    name,
    ref,
    fifo: kind !== 'stream' && (facts['FifoQueue'] === 'true' || facts['FifoTopic'] === 'true'),
    contentDeduplication: facts['ContentBasedDeduplication'] === 'true',
    limit: limitOf(kind, facts),
  };
}

function limitOf(kind: Destination['kind'], facts: Readonly<Record<string, unknown>>): number {
  const given = kind === 'queue' ? Number(facts['MaximumMessageSize']) : Number(facts['MaxRecordSizeInKiB']) * kibi;
  return given > 0 ? given : usual[kind];
}

function destinationKind({ kind, name }: Found): Destination['kind'] {
  if (kind === 'queue' || kind === 'topic' || kind === 'stream') return kind;
  throw new Error(`Nothing is sent to ${name}, which is a ${kind}.`);
}
