// A kind whose calls load with the first of them: what is known without asking the service is there at once.
import type { ResourceKind } from './kind.ts';

export type Calls = Pick<ResourceKind, 'list' | 'find' | 'describe' | 'tags' | 'contents' | 'remove'>;
export type Tagging = Required<Pick<ResourceKind, 'tag'>>;
export type Facts = Omit<ResourceKind, keyof Calls | 'tag' | 'taggable'>;

/** Of a kind that carries no tags: it is part of one that does. */
export const late = (facts: Facts, load: () => Promise<Calls>): ResourceKind => ({
  ...facts,
  taggable: false,
  list: async (...given) => (await load()).list(...given),
  find: async (...given) => (await load()).find(...given),
  describe: async (...given) => (await load()).describe(...given),
  tags: async (...given) => (await load()).tags(...given),
  contents: async (...given) => (await load()).contents(...given),
  remove: async (...given) => (await load()).remove(...given),
});

export const lateTagged = (facts: Facts, load: () => Promise<Calls & Tagging>): ResourceKind => ({
  ...late(facts, load),
  taggable: true,
  tag: async (...given) => (await load()).tag(...given),
});
