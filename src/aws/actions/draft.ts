// A message as somebody writes it, and where it is to go. Plain JSON; texts as they were typed.

export interface DraftAttribute {
  readonly name: string;
  /** `String`, `Number`, `Binary`, of topics also `String.Array`; or one of these with a name of one's own: `Number.int`. */
  readonly type: string;
  /** Of `Binary`, base64. */
  readonly value: string;
}

export interface Draft {
  readonly body: string;
  /** Whether `body` is base64 of the record's bytes (streams). */
  readonly base64: boolean;
  readonly subject: string;
  /** Whether `bodies` holds texts of their own for some protocols (topics); `body` is then the text of all others. */
  readonly perProtocol: boolean;
  readonly bodies: Readonly<Record<string, string>>;
  readonly attributes: readonly DraftAttribute[];
  /** Seconds. */
  readonly delay: string;
  readonly groupId: string;
  readonly deduplicationId: string;
  readonly partitionKey: string;
  readonly hashKey: string;
  /** How many times it is sent. */
  readonly count: string;
}

export const emptyDraft: Draft = {
  body: '',
  base64: false,
  subject: '',
  perProtocol: false,
  bodies: {},
  attributes: [],
  delay: '',
  groupId: '',
  deduplicationId: '',
  partitionKey: '',
  hashKey: '',
  count: '1',
};

/** Where messages go. */
export interface Destination {
  readonly kind: 'queue' | 'topic' | 'stream';
  readonly name: string;
  /** A queue's URL, a topic's ARN, a stream's name. */
  readonly ref: string;
  readonly fifo: boolean;
  /** FIFO: the service makes the deduplication id from the body when none is given. */
  readonly contentDeduplication: boolean;
  /** Bytes of one message or record. */
  readonly limit: number;
}

/** Protocols of SNS that can get a text of their own. */
export const messageProtocols = ['email', 'email-json', 'sqs', 'http', 'https', 'lambda', 'sms', 'firehose'] as const;

/** The message that SNS is given: the body, or with texts per protocol its JSON. */
export function topicMessage({ body, perProtocol, bodies }: Draft): string {
  if (!perProtocol) return body;
  const own = Object.entries(bodies).filter(([, text]) => text !== '');
  return JSON.stringify({ default: body, ...Object.fromEntries(own) });
}

/** Bytes that the service counts against its limit. */
export function weigh({ kind }: Pick<Destination, 'kind'>, draft: Draft): number {
  const bytes = (text: string) => Buffer.byteLength(text);
  if (kind === 'stream') return recordBytes(draft).length + bytes(draft.partitionKey);
  const message = kind === 'topic' ? topicMessage(draft) : draft.body;
  return draft.attributes.reduce(
    (sum, { name, type, value }) => sum + bytes(name) + bytes(type) + valueBytes(type, value),
    bytes(message),
  );
}

export function recordBytes({ body, base64 }: Draft): Buffer {
  return Buffer.from(body, base64 ? 'base64' : 'utf8');
}

function valueBytes(type: string, value: string): number {
  return Buffer.byteLength(value, isBinary(type) ? 'base64' : 'utf8');
}

export const isBinary = (type: string): boolean => /^Binary(\.|$)/.test(type);

/** As ReceiveMessage gives an attribute, or as it travelled through JSON. */
export interface HeldAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  /** Text: base64. */
  readonly BinaryValue?: Uint8Array | string | undefined;
}

/** A received message's attributes as a draft holds them. */
export function draftAttributes(held: Readonly<Record<string, HeldAttribute>>): readonly DraftAttribute[] {
  return Object.entries(held).map(([name, { DataType = 'String', StringValue = '', BinaryValue }]) => {
    const binary = typeof BinaryValue === 'string' ? BinaryValue : Buffer.from(BinaryValue ?? []).toString('base64');
    return { name, type: DataType, value: isBinary(DataType) ? binary : StringValue };
  });
}
