import { isPhoneNumber } from '../checkEndpoint.ts';
import { invalid, refusal } from '../refusals.ts';
import type { Sns, SnsHandlers } from '../sns.ts';
import { pageOf } from '../pages.ts';
import { smsSettings } from './phone.ts';

const settings: Readonly<Record<string, RegExp>> = {
  MonthlySpendLimit: /^\d+(\.\d+)?$/,
  DeliveryStatusIAMRole: /^arn:/,
  DeliveryStatusSuccessSamplingRate: /^(\d{1,2}|100)$/,
  DefaultSenderID: /^(?=.*[A-Za-z])[A-Za-z0-9-]{1,11}$/,
  DefaultSMSType: /^(Promotional|Transactional)$/,
  UsageReportS3Bucket: /./,
};

export const smsHandlers = (sns: Sns) =>
  ({
    SetSMSAttributes({ attributes }, call) {
      for (const [name, value] of Object.entries(attributes)) {
        const pattern = settings[name];
        if (pattern === undefined) throw refusal(`${name} is not a valid attribute`);
        if (!pattern.test(value)) throw refusal(`${name} is invalid`);
      }
      const known = smsSettings(sns.state, call).attributes;
      for (const [name, value] of Object.entries(attributes)) known.set(name, value);
      sns.world.changed();
      return {};
    },
    GetSMSAttributes({ attributes: wanted }, call) {
      const all = { MonthlySpendLimit: '1', ...Object.fromEntries(smsSettings(sns.state, call).attributes) };
      const asked = Object.entries(all).filter(([name]) => !wanted?.length || wanted.includes(name));
      return { attributes: Object.fromEntries(asked) };
    },
    CheckIfPhoneNumberIsOptedOut({ phoneNumber }, call) {
      return { isOptedOut: smsSettings(sns.state, call).optedOut.has(requirePhone(phoneNumber)) };
    },
    ListPhoneNumbersOptedOut({ nextToken }, call) {
      const { items, NextToken } = pageOf([...smsSettings(sns.state, call).optedOut], nextToken);
      return { phoneNumbers: [...items], ...(NextToken === undefined ? {} : { nextToken: NextToken }) };
    },
    OptInPhoneNumber({ phoneNumber }, call) {
      smsSettings(sns.state, call).optedOut.delete(requirePhone(phoneNumber));
      sns.world.changed();
      return {};
    },
    ListOriginationNumbers() {
      return { PhoneNumbers: [] };
    },
  }) satisfies SnsHandlers;

export function requirePhone(phone: string): string {
  if (!isPhoneNumber(phone)) throw invalid('PhoneNumber Reason: input incorrectly formatted');
  return phone;
}
