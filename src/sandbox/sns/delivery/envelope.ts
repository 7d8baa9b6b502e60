import type { LaterText, PortMessageAttribute } from '../../ports.ts';
import type { Publication } from './publication.ts';
import { messageFor } from './publication.ts';
import type { Signer } from '../signature/signer.ts';

/** What makes envelopes: the key, and where this sandbox answers. */
export interface Sealing {
  readonly signer: Signer;
  endpoint(): string;
}

/** One published message as JSON for many subscribers; signed once, for they all get the same signature. */
export interface Envelopes {
  text(subscriptionArn: string, protocol: string): string;
  /** The same, signed no sooner than somebody reads it. */
  later(subscriptionArn: string, protocol: string): string | LaterText;
}

export const unsubscribeUrl = (endpoint: string, subscriptionArn: string) =>
  `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;

export const createEnvelopes = (publication: Publication, sealing: Sealing): Envelopes =>
  new SharedEnvelopes(publication, sealing);

/** A class, because it waits in queues with its message: closures would weigh more. */
class SharedEnvelopes implements Envelopes {
  readonly publication: Publication;
  readonly #sealing: Sealing;
  #frames: Map<string, Frame> | undefined;

  constructor(publication: Publication, sealing: Sealing) {
    this.publication = publication;
    this.#sealing = sealing;
  }

  text(subscriptionArn: string, protocol: string): string {
    const frame = this.#frameOf(protocol);
    return frame.start + frame.signature() + frame.middle + subscriptionArn + frame.end;
  }

  later(subscriptionArn: string, protocol: string): string | LaterText {
    if (this.publication.fifo) return this.text(subscriptionArn, protocol);
    return new LaterEnvelope(this, subscriptionArn, protocol);
  }

  #frameOf(protocol: string): Frame {
    const message = messageFor(this.publication, protocol);
    const known = this.#frames?.get(message);
    if (known !== undefined) return known;
    const made = createFrame(this.publication, message, this.#sealing);
    (this.#frames ??= new Map<string, Frame>()).set(message, made);
    return made;
  }
}

/** Of an envelope: more than all but the texts of the publisher ever need. */
const amplyForFrame = 3000;
/** Bytes of one character in JSON, at most. */
const longestCharacter = 6;

const longestAttribute = (name: string, attribute: PortMessageAttribute | undefined): number =>
  name.length +
  40 +
  (attribute?.DataType.length ?? 0) +
  (attribute?.StringValue?.length ?? attribute?.BinaryValue?.length ?? 0);

/** Many of these wait in queues, so they are small. */
class LaterEnvelope implements LaterText {
  readonly #envelopes: SharedEnvelopes;
  readonly #subscriptionArn: string;
  readonly #protocol: string;

  constructor(envelopes: SharedEnvelopes, subscriptionArn: string, protocol: string) {
    this.#envelopes = envelopes;
    this.#subscriptionArn = subscriptionArn;
    this.#protocol = protocol;
  }

  /** Nearly always it is plain that it fits, without writing it. */
  fits(bytes: number): boolean {
    const { publication } = this.#envelopes;
    const { subject = '', attributes } = publication;
    let texts = messageFor(publication, this.#protocol).length + subject.length;
    for (const name in attributes) texts += longestAttribute(name, attributes[name]);
    return texts * longestCharacter + amplyForFrame <= bytes || Buffer.byteLength(this.text()) <= bytes;
  }

  text(): string {
    return this.#envelopes.text(this.#subscriptionArn, this.#protocol);
  }
}

/** What all subscribers' envelopes have in common: all but the signature, which is made late, and the link to leave. */
interface Frame {
  readonly start: string;
  signature(): string;
  readonly middle: string;
  readonly end: string;
}

function createFrame(publication: Publication, message: string, sealing: Sealing): Frame {
  const { fifo, signatureVersion } = publication;
  const start = fieldsText([
    ['Type', 'Notification'],
    ['MessageId', publication.messageId],
    ['SequenceNumber', publication.sequenceNumber],
    ['TopicArn', publication.topicArn],
    ['Subject', publication.subject],
    ['Message', message],
    ['Timestamp', publication.timestamp],
    ['SignatureVersion', fifo ? undefined : signatureVersion],
  ]);
  const certificate = fifo ? '' : `",${fieldsText([['SigningCertURL', certificateUrl(sealing)]])}`;
  const attributes = attributesText(publication.attributes);
  let signature = fifo ? '' : undefined; // FIFO topics do not sign
  return {
    start: `{${start}${fifo ? '' : ',\n  "Signature" : "'}`,
    signature: () => (signature ??= sign(publication, message, sealing)),
    middle: `${certificate},\n  "UnsubscribeURL" : "${unsubscribeUrl(sealing.endpoint(), '')}`,
    end: `"${attributes === '' ? '' : `,\n  "MessageAttributes" : ${attributes}`}\n}`,
  };
}

/** What is signed: names and values in order of names, a line each. */
function sign(publication: Publication, message: string, { signer }: Sealing): string {
  const { messageId, subject, timestamp, topicArn, signatureVersion } = publication;
  const lines = [
    ['Message', message],
    ['MessageId', messageId],
    ...(subject === undefined ? [] : [['Subject', subject] as const]),
    ['Timestamp', timestamp],
    ['TopicArn', topicArn],
    ['Type', 'Notification'],
  ] as const;
  return signer.sign(linesOf(lines), signatureVersion);
}

const linesOf = (lines: readonly (readonly [string, string])[]) =>
  lines.map(([name, value]) => `${name}\n${value}\n`).join('');

const certificateUrl = ({ signer, endpoint }: Sealing) => endpoint() + signer.certificatePath();

export interface ConfirmationRequest {
  readonly type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  readonly messageId: string;
  readonly token: string;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly timestamp: string;
  readonly signatureVersion: '1' | '2';
}

export const confirmUrl = (endpoint: string, topicArn: string, token: string) =>
  `${endpoint}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`;

/** What an HTTP endpoint, or another account's queue, is asked before it gets messages. */
export function confirmationEnvelope(request: ConfirmationRequest, sealing: Sealing): string {
  const { type, messageId, token, topicArn, timestamp, signatureVersion } = request;
  const url = confirmUrl(sealing.endpoint(), topicArn, token);
  const message =
    type === 'SubscriptionConfirmation'
      ? `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
      : `You have chosen to deactivate subscription ${request.subscriptionArn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`;
  const signed = linesOf([
    ['Message', message],
    ['MessageId', messageId],
    ['SubscribeURL', url],
    ['Timestamp', timestamp],
    ['Token', token],
    ['TopicArn', topicArn],
    ['Type', type],
  ]);
  const fields = fieldsText([
    ['Type', type],
    ['MessageId', messageId],
    ['Token', token],
    ['TopicArn', topicArn],
    ['Message', message],
    ['SubscribeURL', url],
    ['Timestamp', timestamp],
    ['SignatureVersion', signatureVersion],
    ['Signature', sealing.signer.sign(signed, signatureVersion)],
    ['SigningCertURL', certificateUrl(sealing)],
  ]);
  return `{${fields}\n}`;
}

/** Fields with commas between; what has no value is left out. AWS lays its envelopes out like this, and some read them by line. */
function fieldsText(fields: readonly (readonly [name: string, value: string | undefined])[]): string {
  let text = '';
  for (const [name, value] of fields) {
    if (value !== undefined) text += `${text === '' ? '' : ','}\n  "${name}" : ${JSON.stringify(value)}`;
  }
  return text;
}

function attributesText(attributes: Readonly<Record<string, PortMessageAttribute>>): string {
  const lines = Object.entries(attributes).map(
    ([name, attribute]) => `\n    ${JSON.stringify(name)} : ${JSON.stringify(attributeValue(attribute))}`,
  );
  return lines.length === 0 ? '' : `{${lines.join(',')}\n  }`;
}

export const attributeValue = ({ DataType, StringValue, BinaryValue }: PortMessageAttribute) => ({
  Type: DataType,
  Value: BinaryValue === undefined ? (StringValue ?? '') : Buffer.from(BinaryValue).toString('base64'),
});
