import type { Ec2State } from './state.ts';
import { invalid, tooManyTags } from './refusals.ts';

const most = 50;

interface GivenTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export interface TagSpecification {
  readonly ResourceType?: string | undefined;
  readonly Tags?: readonly GivenTag[] | undefined;
}

export function readTags(given: readonly GivenTag[]): Map<string, string> {
  const tags = new Map<string, string>();
  for (const { Key = '', Value = '' } of given) {
    if (Key === '') throw invalid('Tag key cannot be empty.');
    if (/^aws:/i.test(Key)) throw invalid(`Tag keys starting with 'aws:' are reserved for internal use`);
    if (Key.length > 128) throw invalid('Tag key exceeds the maximum length of 128 characters');
    if (Value.length > 256) throw invalid('Tag value exceeds the maximum length of 256 characters');
    if (tags.has(Key)) throw invalid(`Duplicate tag key '${Key}' specified.`);
    tags.set(Key, Value);
  }
  if (tags.size > most) throw tooManyTags();
  return tags;
}

/** The tags for one kind of what an operation makes; other kinds than those it makes are refused. */
export function readSpecifications(
  specifications: readonly TagSpecification[] | undefined,
  kinds: readonly string[],
): (kind: string) => Map<string, string> {
  const wrong = specifications?.find(({ ResourceType = '' }) => !kinds.includes(ResourceType));
  if (wrong !== undefined)
    throw invalid(`'${wrong.ResourceType ?? ''}' is not a valid taggable resource type for this operation.`);
  const read = new Map(
    kinds.map((kind) => [
      kind,
      readTags((specifications ?? []).filter((one) => one.ResourceType === kind).flatMap(({ Tags = [] }) => Tags)),
    ]),
  );
  return (kind) => read.get(kind) ?? new Map();
}

export function putTags(state: Ec2State, id: string, tags: ReadonlyMap<string, string>): void {
  if (tags.size === 0) return;
  const all = new Map([...(state.tags.get(id) ?? []), ...tags]);
  if (all.size > most) throw tooManyTags();
  state.tags.set(id, all);
}

export const tagsOf = (state: Ec2State, id: string) =>
  [...(state.tags.get(id) ?? [])].map(([Key, Value]) => ({ Key, Value }));
