// The table of all kinds. A new kind is a file beside this one and a line here.
import { appClient } from './appClient.ts';
import { bucket } from './bucket.ts';
import { identityProvider } from './identityProvider.ts';
import { instance } from './instance.ts';
import type { ResourceKind } from './kind.ts';
import type { KindName } from './kindName.ts';
import { messageMoveTask } from './messageMoveTask.ts';
import { queue } from './queue.ts';
import { role } from './role.ts';
import { samlProvider } from './samlProvider.ts';
import { stream } from './stream.ts';
import { subscription } from './subscription.ts';
import { topic } from './topic.ts';
import { userPool } from './userPool.ts';
import { userPoolDomain } from './userPoolDomain.ts';

export const kinds: Readonly<Record<KindName, ResourceKind>> = {
  topic,
  subscription,
  queue,
  messageMoveTask,
  bucket,
  stream,
  instance,
  samlProvider,
  role,
  userPool,
  userPoolDomain,
  identityProvider,
  appClient,
};

export function isKind(name: string): name is KindName {
  return Object.hasOwn(kinds, name);
}

export type { KindName } from './kindName.ts';
