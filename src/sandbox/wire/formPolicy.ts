// The policy inside an upload form: what its signer allows to be uploaded, and until when.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
import { AwsError } from '../service.ts';

type Fields = ReadonlyMap<string, string>;

const invalidPolicy = (why: string): AwsError =>
  new AwsError('InvalidPolicyDocument', `Invalid Policy: ${why}`, { status: 400 });

const denied = (why: string): AwsError =>
  new AwsError('AccessDenied', `Invalid according to Policy: ${why}`, { status: 403 });

/** Fields that no condition needs to speak of. */
const free = /^(?:x-amz-signature|signature|awsaccesskeyid|policy|file|bucket|x-ignore-.*)$/;

/** @throws InvalidPolicyDocument, AccessDenied, EntityTooSmall, EntityTooLarge */
export function checkFormPolicy(encoded: string, fields: Fields, size: number, now: number): void {
  const { expiration, conditions } = parse(Buffer.from(encoded, 'base64').toString('utf8'));
  if (expiration <= now) throw denied('Policy expired.');
  const covered = new Set<string>();
  for (const condition of conditions) checkCondition(condition, fields, size, covered);
  const extra = [...fields.keys()].find((name) => !covered.has(name) && !free.test(name));
  if (extra !== undefined) throw denied(`Extra input fields: ${extra}`);
}

interface Policy {
  readonly expiration: number;
  readonly conditions: readonly unknown[];
}

function parse(text: string): Policy {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw invalidPolicy('Invalid JSON.');
  }
  const { expiration, conditions } = (typeof read === 'object' && read !== null ? read : {}) as Record<string, unknown>;
  if (typeof expiration !== 'string') throw invalidPolicy('Policy missing expiration.');
  if (!Array.isArray(conditions)) throw invalidPolicy('Policy missing conditions.');
  const ends = Date.parse(expiration);
  if (Number.isNaN(ends)) throw invalidPolicy(`Invalid 'expiration' value: '${expiration}'`);
  return { expiration: ends, conditions };
}

function checkCondition(condition: unknown, fields: Fields, size: number, covered: Set<string>): void {
  const [kind, subject, value] = partsOf(condition);
  const failed = denied(`Policy Condition failed: ["${kind}", "${subject}", "${value}"]`);
  if (kind === 'content-length-range') {
    if (Number.isNaN(Number(subject)) || Number.isNaN(Number(value))) throw failed;
    return checkSize(Number(subject), Number(value), size);
  }
  if (!subject.startsWith('$')) throw failed;
  const name = subject.slice(1).toLowerCase();
  const given = fields.get(name) ?? '';
  covered.add(name);
  if (!(kind === 'eq' ? given === value : given.startsWith(value))) throw failed;
}

/** `{"acl": "private"}` is `["eq", "$acl", "private"]`. */
function partsOf(condition: unknown): readonly [kind: string, subject: string, value: string] {
  if (Array.isArray(condition)) {
    const [kind, subject, value] = condition as readonly unknown[];
    const known = String(kind).toLowerCase();
    if (condition.length !== 3 || !['eq', 'starts-with', 'content-length-range'].includes(known))
      throw unknownCondition();
    return [known, String(subject), String(value)];
  }
  const entries = Object.entries(typeof condition === 'object' && condition !== null ? condition : {});
  const [only] = entries as readonly (readonly [string, unknown])[];
  if (entries.length !== 1 || !only) throw unknownCondition();
  return ['eq', `$${only[0]}`, String(only[1])];
}

const unknownCondition = () =>
  invalidPolicy('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.');

function checkSize(least: number, most: number, size: number): void {
  const fields = { ProposedSize: String(size) };
  if (size < least) {
    const message = 'Your proposed upload is smaller than the minimum allowed size';
    throw new AwsError('EntityTooSmall', message, {
      status: 400,
      fields: { ...fields, MinSizeAllowed: String(least) },
    });
  }
  if (size > most) {
    const message = 'Your proposed upload exceeds the maximum allowed size';
    throw new AwsError('EntityTooLarge', message, { status: 400, fields: { ...fields, MaxSizeAllowed: String(most) } });
  }
}
