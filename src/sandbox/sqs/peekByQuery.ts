// GET /_sandbox/peek/sqs: which queue is meant, and in which form it is shown.
import { parseQueueArn, parseQueueUrl } from './names.ts';
import { contents, overview } from './overview.ts';
import type { Contents, Overview } from './overview.ts';
import { peekQueue } from './peek.ts';
import type { Peeked } from './peek.ts';
import type { Queue } from './queue.ts';
import type { Sqs } from './sqs.ts';

const numberOr = (text: string | null, otherwise: number): number =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : otherwise;

/**
 * The admin path: `queueUrl` (with `region`, else the first region that has such a queue) or `queueArn`; `offset`, `limit`
 * (100), `state`. `form=overview` (with `unless`, the mark that is known) and `form=contents` (with `after`, `limit`, `bytes`) are for
 * whoever watches a whole queue. Undefined: no such queue.
 */
export function peekByQuery(sqs: Sqs, query: URLSearchParams): Peeked | Overview | Contents | undefined {
  const queue = findPeeked(sqs, query);
  const form = query.get('form');
  if (queue && form === 'overview') return overview(queue, sqs.world.clock.now(), query.get('unless') ?? undefined);
  if (queue && form === 'contents') {
    const number = (name: string, otherwise: number): number => numberOr(query.get(name), otherwise);
    return contents(queue, number('after', 0), number('limit', 5000), number('bytes', 8_000_000));
  }
  const state = query.get('state') ?? undefined;
  return (
    queue &&
    peekQueue(queue, sqs.world.clock.now(), {
      offset: numberOr(query.get('offset'), 0),
      limit: numberOr(query.get('limit'), 100),
      state,
    })
  );
}

/** The queue that an admin request means; undefined: there is none. */
export function findPeeked({ queues, world }: Sqs, query: URLSearchParams): Queue | undefined {
  const arn = parseQueueArn(query.get('queueArn') ?? '');
  if (arn) return queues.find(arn);
  const region = query.get('region');
  for (const queue of queues.all()) {
    if (region !== null && queue.region !== region) continue;
    const { account, name } = parseQueueUrl(query.get('queueUrl') ?? '', {
      account: world.defaultAccount,
      region: queue.region,
    });
    if (queue.account === account && queue.name === name) return queue;
  }
  return undefined;
}
