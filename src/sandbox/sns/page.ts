import type { Page } from '../service.ts';
import { smsSettings, stopPath } from './mobile/phone.ts';
import type { Sns } from './sns.ts';

/** The certificate that envelopes name, and the link in a text message that stands for answering STOP. */
export function findPage({ signer, state, world }: Sns, path: string, query: URLSearchParams): Page | undefined {
  if (path === stopPath) {
    const place = { account: query.get('account') ?? '', region: query.get('region') ?? '' };
    const phone = query.get('phone') ?? '';
    if (!state.sms.has(`${place.account} ${place.region}`)) return undefined;
    smsSettings(state, place).optedOut.add(phone);
    world.changed();
    return { type: 'text/plain; charset=utf-8', body: `${phone} gets no more text messages from this account.\n` };
  }
  return path === signer.certificatePath() ? { type: 'application/x-pem-file', body: signer.certificate() } : undefined;
}
