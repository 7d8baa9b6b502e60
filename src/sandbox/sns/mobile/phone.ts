import type { World } from '../../service.ts';
import { messageFor } from '../delivery/publication.ts';
import type { Publication } from '../delivery/publication.ts';
import type { SmsSettings, SnsState } from '../state.ts';

/** An account's SMS settings in a region, made when first needed. */
export function smsSettings(state: SnsState, { account, region }: { account: string; region: string }): SmsSettings {
  const key = `${account} ${region}`;
  const known = state.sms.get(key);
  if (known !== undefined) return known;
  const made: SmsSettings = { attributes: new Map(), optedOut: new Set(), sandboxNumbers: new Map() };
  state.sms.set(key, made);
  return made;
}

/** A text message, which ends up in the mailbox; who opted out gets none. */
export function shortMessage(
  world: World,
  state: SnsState,
  place: { account: string; region: string },
  phone: string,
  publication: Publication,
): string {
  const { attributes, optedOut } = smsSettings(state, place);
  const sender = publication.attributes['AWS.SNS.SMS.SenderID']?.StringValue ?? attributes.get('DefaultSenderID');
  if (optedOut.has(phone)) world.log(`sns: ${phone} has opted out of text messages`);
  else
    world.mailbox.deliver({
      to: phone,
      from: sender ?? 'NOTICE',
      subject: 'Text message',
      body: messageFor(publication, 'sms'),
      links: [{ label: 'Reply STOP', url: stopUrl(world.endpoint(), place, phone) }],
    });
  return publication.messageId;
}

/** Opened like a link in a mail: the sandbox's stand-in for answering STOP. */
export const stopPath = '/_sns/stop';

function stopUrl(endpoint: string, { account, region }: { account: string; region: string }, phone: string): string {
  return `${endpoint}${stopPath}?${new URLSearchParams({ account, region, phone }).toString()}`;
}

/** A push notification, which ends up in the mailbox too. */
export function pushNotification(world: World, state: SnsState, endpointArn: string, publication: Publication): string {
  const endpoint = state.endpoints.get(endpointArn);
  const application = state.applications.get(endpoint?.applicationArn ?? '');
  const platform = endpointArn.split('/')[1] ?? '';
  if (endpoint?.attributes.get('Enabled') !== 'true' || application?.attributes.get('Enabled') === 'false')
    world.log(`sns: ${endpointArn} is disabled`);
  else
    world.mailbox.deliver({
      to: endpointArn,
      from: platform,
      subject: publication.subject ?? 'Push notification',
      body: publication.byProtocol?.[platform] ?? publication.message,
      links: [],
    });
  return publication.messageId;
}
