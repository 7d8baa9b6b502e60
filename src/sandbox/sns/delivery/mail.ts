import type { Mailbox } from '../../mailbox.ts';
import { confirmUrl, confirmationEnvelope, unsubscribeUrl } from './envelope.ts';
import type { ConfirmationRequest, Sealing } from './envelope.ts';
import { messageFor } from './publication.ts';
import type { Shipment } from './parts.ts';
import type { Subscription, Topic } from '../state.ts';

type Mail = Parameters<Mailbox['deliver']>[0];

const sender = (topic: Topic) =>
  `${topic.attributes.get('DisplayName') || 'AWS Notifications'} <no-reply@sns.amazonaws.com>`;

export function confirmationMail(
  topic: Topic,
  { protocol, endpoint }: Subscription,
  request: ConfirmationRequest,
  sealing: Sealing,
): Mail {
  const url = confirmUrl(sealing.endpoint(), topic.arn, request.token);
  const text = [
    'You have chosen to subscribe to the topic:',
    topic.arn,
    '',
    'To confirm this subscription, click or visit the link below (If this was in error no action is necessary):',
    'Confirm subscription',
    '',
    'Please do not reply directly to this email. If you wish to remove yourself from receiving all future SNS ' +
      'subscription confirmation requests please send an email to sns-opt-out',
  ].join('\n');
  return {
    to: endpoint,
    from: sender(topic),
    subject: 'AWS Notification - Subscription Confirmation',
    body: protocol === 'email-json' ? confirmationEnvelope(request, sealing) : text,
    links: [{ label: 'Confirm subscription', url }],
  };
}

export function notificationMail(
  topic: Topic,
  { subscription, publication, envelopes }: Shipment,
  sandbox: string,
): Mail {
  const { arn, protocol, endpoint } = subscription;
  const url = unsubscribeUrl(sandbox, arn);
  const text = [
    messageFor(publication, protocol),
    '',
    '--',
    'If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:',
    url,
    '',
    'Please do not reply directly to this email. If you have any questions or comments regarding this email, ' +
      'please contact us at https://aws.amazon.com/support',
  ].join('\n');
  return {
    to: endpoint,
    from: sender(topic),
    subject: publication.subject ?? 'AWS Notification Message',
    body: protocol === 'email-json' ? envelopes.text(arn, protocol) : text,
    links: [{ label: 'Unsubscribe', url }],
  };
}
