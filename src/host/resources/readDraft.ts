import { emptyDraft, type Draft, type DraftAttribute } from '../../aws/actions/draft.ts';

/** The one parser of drafts: from a page, from its saved state, from a command's answers. What does not fit is as if it were not there. */
export function readDraft(given: unknown): Draft {
  const from = record(given);
  const text = (name: keyof Draft) => {
    const value = from[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : emptyDraft[name];
  };
  return {
    body: `${text('body')}`,
    base64: from['base64'] === true,
    subject: `${text('subject')}`,
    perProtocol: from['perProtocol'] === true,
    bodies: Object.fromEntries(Object.entries(record(from['bodies'])).filter(isText)),
    attributes: Array.isArray(from['attributes']) ? from['attributes'].slice(0, 100).map(readAttribute) : [],
    delay: `${text('delay')}`,
    groupId: `${text('groupId')}`,
    deduplicationId: `${text('deduplicationId')}`,
    partitionKey: `${text('partitionKey')}`,
    hashKey: `${text('hashKey')}`,
    count: `${text('count')}`,
  };
}

/** From a page: JSON. */
export function parseDraft(json: string): Draft {
  try {
    return readDraft(JSON.parse(json));
  } catch {
    return emptyDraft;
  }
}

function readAttribute(given: unknown): DraftAttribute {
  const { name, type, value } = record(given);
  return { name: textOf(name), type: textOf(type) || 'String', value: textOf(value) };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
