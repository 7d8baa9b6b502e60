import type { MailboxView, MailView } from '../../src/protocol/mailbox.ts';

const confirmation: MailView = {
  id: 'm1',
  from: 'no-reply@sns.amazonaws.com',
  to: 'shop@example.com',
  subject: 'AWS Notification - Subscription Confirmation',
  body: 'You have chosen to subscribe to the topic:\narn:aws:sns:us-east-1:000000000000:Order\n\nTo confirm this subscription, click or visit the link below (If this was in error no action is necessary):\nConfirm subscription\n\nPlease do not reply directly to this email.',
  date: '2026-11-22T13:37:00.000Z',
  read: false,
  links: [{ label: 'Confirm subscription' }],
};

const order: MailView = {
  id: 'm2',
  from: 'no-reply@sns.amazonaws.com',
  to: 'shop@example.com',
  subject: 'Order 4711',
  body: 'One notebook, please. <b>No HTML</b>',
  date: '2026-11-22T13:40:00.000Z',
  read: true,
  links: [],
};

export const ready: MailboxView = { state: 'ready', target: 'Sandbox', mails: [order, confirmation] };
export const confirmed: MailboxView = {
  ...ready,
  mails: [order, { ...confirmation, read: true, links: [{ label: 'Confirm subscription', outcome: 'done' }] }],
};
export const asleep: MailboxView = { state: 'asleep', target: 'Sandbox', mails: [] };
export const none: MailboxView = { state: 'ready', target: 'Sandbox', mails: [] };
