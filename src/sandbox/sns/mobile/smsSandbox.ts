import { AwsError } from '../../service.ts';
import type { Call } from '../../service.ts';
import { pageOf } from '../pages.ts';
import type { Sns, SnsHandlers } from '../sns.ts';
import { smsSettings } from './phone.ts';
import { requirePhone } from './smsHandlers.ts';

/** AWS's own "SMS sandbox": numbers to which an account that is not yet trusted may send. */
export const smsSandboxHandlers = (sns: Sns) =>
  ({
    GetSMSSandboxAccountStatus() {
      return { IsInSandbox: true };
    },
    CreateSMSSandboxPhoneNumber({ PhoneNumber }, call) {
      const code = String(parseInt(sns.world.id().slice(0, 8), 16) % 1_000_000).padStart(6, '0');
      smsSettings(sns.state, call).sandboxNumbers.set(requirePhone(PhoneNumber), { verified: false, code });
      sns.world.mailbox.deliver({
        to: PhoneNumber,
        from: 'NOTICE',
        subject: 'Text message',
        body: `Your verification code is ${code}`,
        links: [],
      });
      sns.world.changed();
      return {};
    },
    VerifySMSSandboxPhoneNumber({ PhoneNumber, OneTimePassword }, call) {
      const number = sandboxNumber(sns, PhoneNumber, call);
      if (number.code !== OneTimePassword)
        throw new AwsError('VerificationException', 'The one-time password is not valid.');
      number.verified = true;
      sns.world.changed();
      return {};
    },
    DeleteSMSSandboxPhoneNumber({ PhoneNumber }, call) {
      sandboxNumber(sns, PhoneNumber, call);
      smsSettings(sns.state, call).sandboxNumbers.delete(PhoneNumber);
      sns.world.changed();
      return {};
    },
    ListSMSSandboxPhoneNumbers({ NextToken, MaxResults }, call) {
      const numbers = [...smsSettings(sns.state, call).sandboxNumbers];
      const { items, ...more } = pageOf(numbers, NextToken, MaxResults);
      const PhoneNumbers = items.map(([PhoneNumber, { verified }]) => ({
        PhoneNumber,
        Status: verified ? ('Verified' as const) : ('Pending' as const),
      }));
      return { PhoneNumbers, ...more };
    },
  }) satisfies SnsHandlers;

function sandboxNumber(sns: Sns, phone: string, call: Call): { verified: boolean; readonly code: string } {
  const number = smsSettings(sns.state, call).sandboxNumbers.get(phone);
  if (number === undefined) throw new AwsError('ResourceNotFoundException', 'Phone number does not exist');
  return number;
}
