// Codes that prove an address: they go to the sandbox's mailbox, also those that AWS would send by SMS.
import type { Cognito } from './cognito.ts';
import { codeExpired, codeMismatch } from './refusals.ts';
import type { Code, Pool, User } from './state.ts';

const lifetimes: Readonly<Record<Code['purpose'], number>> = {
  'sign-up': 24 * 3600_000,
  password: 3600_000,
  attribute: 24 * 3600_000,
};

export interface Delivery {
  readonly Destination: string;
  readonly DeliveryMedium: 'EMAIL' | 'SMS';
  readonly AttributeName: string;
}

/** Undefined: there is no address to send it to. */
export function sendCode(
  { world }: Cognito,
  pool: Pool,
  user: User,
  purpose: Code['purpose'],
  attribute: string,
): Delivery | undefined {
  const address = user.attributes.get(attribute);
  if (!address) return undefined;
  const value = String(parseInt(Buffer.from(world.token(6), 'base64url').toString('hex'), 16) % 1_000_000).padStart(
    6,
    '0',
  );
  user.code = { value, purpose, attribute, expires: world.clock.now() + lifetimes[purpose] };
  const { EmailMessage, EmailSubject } = pool.settings.VerificationMessageTemplate ?? {};
  const body = EmailMessage ?? pool.settings.EmailVerificationMessage ?? 'Your confirmation code is {####}';
  const subject = EmailSubject ?? pool.settings.EmailVerificationSubject ?? 'Your verification code';
  const reset = purpose === 'password';
  mail(
    world,
    address,
    reset ? 'Your password reset code' : subject,
    reset ? `Your password reset code is ${value}` : body.replaceAll('{####}', value),
  );
  world.changed();
  return deliveryOf(attribute, address);
}

export function mail(world: Cognito['world'], to: string, subject: string, body: string): void {
  world.mailbox.deliver({ to, from: 'no-reply@verificationemail.com', subject, body, links: [] });
}

/** Addresses are told half hidden. */
export function deliveryOf(attribute: string, address: string): Delivery {
  const [name = '', domain = ''] = address.split('@');
  const isMail = attribute === 'email';
  return {
    Destination: isMail ? `${name.charAt(0)}***@${domain.charAt(0)}***` : `+${'*'.repeat(7)}${address.slice(-4)}`,
    DeliveryMedium: isMail ? 'EMAIL' : 'SMS',
    AttributeName: attribute,
  };
}

/** The code is used up. @throws CodeMismatchException, ExpiredCodeException */
export function takeCode({ world }: Cognito, user: User, purpose: Code['purpose'], given: string): Code {
  const { code } = user;
  if (code?.purpose !== purpose || code.expires <= world.clock.now()) throw codeExpired();
  if (code.value !== given) throw codeMismatch();
  user.code = undefined;
  return code;
}
