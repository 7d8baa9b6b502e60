// Hears the calls of this window, its labs' and commands' too, and tells which groups have other resources since.
import type { OperationName } from '../../aws/operations.ts';
import type { Target } from '../../aws/target.ts';
import type { Targets } from '../targets.ts';
import type { GroupName } from './aim.ts';

/** What removes, or changes where an instance stands. What makes is known from the table of operations, which comes with the first call. */
const others: Partial<Record<OperationName, GroupName>> = {
  'sqs.DeleteQueue': 'queue',
  'sns.DeleteTopic': 'topic',
  'sns.Unsubscribe': 'topic',
  'sns.ConfirmSubscription': 'topic',
  's3.DeleteBucket': 'bucket',
  'kinesis.DeleteStream': 'stream',
  'ec2.TerminateInstances': 'instance',
  'ec2.CreateTags': 'instance',
  'ec2.DeleteTags': 'instance',
};

const quiet = 400;

export function followCalls(targets: Targets, changed: (group: GroupName) => void): { dispose(): void } {
  let followed: Target | undefined;
  let end: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  const groups = new Set<GroupName>();
  const tell = (): void => {
    const due = [...groups];
    groups.clear();
    due.forEach(changed);
  };
  const follow = (): void => {
    if (targets.current === followed) return;
    end();
    const target = targets.current;
    followed = target;
    end =
      target?.onCall(async ({ operation, error }) => {
        const group = error === undefined ? await groupOf(operation) : undefined;
        if (group === undefined || followed !== target) return;
        groups.add(group);
        clearTimeout(timer);
        timer = setTimeout(tell, quiet);
      }) ?? (() => undefined);
  };
  const listening = targets.changes.on(follow);
  follow();
  return {
    dispose() {
      listening.dispose();
      clearTimeout(timer);
      followed = undefined;
      end();
    },
  };
}

async function groupOf(operation: OperationName): Promise<GroupName | undefined> {
  const { effectOf } = await import('../../aws/operations.ts');
  const effect = effectOf(operation);
  if (effect.effect !== 'create') return others[operation];
  switch (effect.kind) {
    case 'topic':
    case 'subscription':
      return 'topic';
    case 'queue':
    case 'bucket':
    case 'stream':
    case 'instance':
      return effect.kind;
    default:
      return undefined;
  }
}
