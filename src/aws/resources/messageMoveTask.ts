// SQS message move tasks, which bring dead letters back. Key: the dead-letter queue they empty; one runs at a time.
// A task that has ended is no resource any more: only a running one is found, and to remove it is to cancel it.
import type { ResourceKind } from './kind.ts';
import { nameInArn, text, unlessMissing } from './lookup.ts';

const missing = ['ResourceNotFoundException', 'QueueDoesNotExist', 'NonExistentQueue', 'UnsupportedOperation'] as const;

export const messageMoveTask: ResourceKind = {
  kind: 'messageMoveTask',
  label: 'message move task',
  plural: 'message move tasks',
  goesAfter: [],
  taggable: false,
  costPerHour: 0,

  keyOf(_operation, input) {
    const sourceArn = text(input['SourceArn']);
    return sourceArn === undefined ? undefined : { sourceArn };
  },

  nameOf: (key) => `redrive of ${nameInArn(key['sourceArn'] ?? '')}`,
  withTags: (input) => input,
  list: async () => ({ entries: [] }),

  async find(look, key) {
    const SourceArn = key['sourceArn'] ?? '';
    const answer = await unlessMissing(
      (options) => look.target.send('sqs.ListMessageMoveTasks', { SourceArn }, options),
      look,
      missing,
    );
    const running = answer?.Results?.find(({ Status }) => Status === 'RUNNING');
    if (running?.TaskHandle === undefined) return undefined;
    const TaskHandle = running.TaskHandle;
    return { kind: 'messageMoveTask', key, name: messageMoveTask.nameOf(key), ref: TaskHandle, output: { TaskHandle } };
  },

  describe: async (_look, found) => ({ ...found, facts: { Status: 'RUNNING' } }),
  tags: async () => ({}),
  relations: ({ key }) =>
    key['sourceArn'] === undefined ? [] : [{ to: 'queue', arn: key['sourceArn'], label: 'empties' }],
  contents: async () => [],

  async remove(look, { ref }) {
    await unlessMissing(
      (options) => look.target.send('sqs.CancelMessageMoveTask', { TaskHandle: ref }, options),
      look,
      missing,
    );
    return { state: 'gone' };
  },

  consoleUrl: () => undefined,
};
