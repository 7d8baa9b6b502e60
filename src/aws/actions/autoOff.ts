// Stops the instances that are marked to be stopped: running, and tagged exactly `AutoOff=yes`. `Yes`, `true`, `autooff` do not count.
import type { Instance } from '@aws-sdk/client-ec2';
import { AwsFailure } from '../errors.ts';
import type { Look } from '../resources/kind.ts';
import { sendOptions } from '../resources/lookup.ts';

export interface AutoOffInstance {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

export type Stopped =
  { readonly id: string; readonly ok: true } | { readonly id: string; readonly ok: false; readonly why: string };

export async function runningAutoOff(look: Look): Promise<readonly AutoOffInstance[]> {
  const found: AutoOffInstance[] = [];
  let NextToken: string | undefined;
  do {
    const Filters = [
      { Name: 'tag:AutoOff', Values: ['yes'] },
      { Name: 'instance-state-name', Values: ['running'] },
    ];
    const input = { Filters, MaxResults: 1000, ...(NextToken !== undefined && { NextToken }) };
    const page = await look.target.send('ec2.DescribeInstances', input, sendOptions(look));
    found.push(
      ...(page.Reservations ?? [])
        .flatMap(({ Instances = [] }) => Instances)
        .filter(isMarked)
        .map(shown),
    );
    NextToken = page.NextToken;
  } while (NextToken !== undefined && NextToken !== '');
  return found;
}

/** Asked again here: what an endpoint makes of the filters is not trusted with a stop. */
function isMarked({ Tags = [], State }: Instance): boolean {
  return State?.Name === 'running' && Tags.some(({ Key, Value }) => Key === 'AutoOff' && Value === 'yes');
}

function shown({ InstanceId: id = '', InstanceType, Tags = [] }: Instance): AutoOffInstance {
  return { id, name: Tags.find(({ Key }) => Key === 'Name')?.Value ?? id, type: InstanceType ?? '' };
}

/** All in one call; where EC2 refuses that because of one of them, one by one. */
export async function stopInstances(look: Look, ids: readonly string[]): Promise<readonly Stopped[]> {
  if (ids.length === 0) return [];
  try {
    await look.target.send('ec2.StopInstances', { InstanceIds: [...ids] }, sendOptions(look));
    return ids.map((id) => ({ id, ok: true }));
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind !== 'refused') throw error;
    const [id = ''] = ids;
    if (ids.length === 1) return [{ id, ok: false, why: error.what }];
    const each: Stopped[] = [];
    for (const one of ids) each.push(...(await stopInstances(look, [one])));
    return each;
  }
}
