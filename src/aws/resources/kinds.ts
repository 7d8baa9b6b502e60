// The table of all kinds. A new kind is a file beside this one and a line here.
import { bucket } from './bucket.ts';
import { instance } from './instance.ts';
import type { ResourceKind } from './kind.ts';
import type { KindName } from './kindName.ts';
import { messageMoveTask } from './messageMoveTask.ts';
import { queue } from './queue.ts';
import { stream } from './stream.ts';
import { subscription } from './subscription.ts';
import { topic } from './topic.ts';

export const kinds: Readonly<Record<KindName, ResourceKind>> = {
  topic,
  subscription,
  queue,
  messageMoveTask,
  bucket,
  stream,
  instance,
};

export function isKind(name: string): name is KindName {
  return Object.hasOwn(kinds, name);
}

export type { KindName } from './kindName.ts';
