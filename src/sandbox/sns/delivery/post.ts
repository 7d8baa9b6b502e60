import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Subscription } from '../state.ts';
import type { ConfirmationRequest } from './envelope.ts';
import type { Outcome, Shipment } from './parts.ts';
import { messageFor } from './publication.ts';

/** An endpoint has as long to answer. */
const patience = 15_000;
const plain = 'text/plain; charset=UTF-8';

export function postNotification(
  { subscription, publication, envelopes }: Shipment,
  contentType: string,
): Promise<Outcome> {
  const { arn, protocol, endpoint, attributes } = subscription;
  const raw = attributes.get('RawMessageDelivery') === 'true';
  const headers = {
    'x-amz-sns-message-type': 'Notification',
    'x-amz-sns-message-id': publication.messageId,
    'x-amz-sns-topic-arn': publication.topicArn,
    'x-amz-sns-subscription-arn': arn,
    ...(raw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
    'content-type': contentType,
  };
  return post(endpoint, headers, raw ? messageFor(publication, protocol) : envelopes.text(arn, protocol));
}

export function postConfirmation(
  { endpoint }: Subscription,
  request: ConfirmationRequest,
  envelope: string,
): Promise<Outcome> {
  const headers = {
    'x-amz-sns-message-type': request.type,
    'x-amz-sns-message-id': request.messageId,
    'x-amz-sns-topic-arn': request.topicArn,
    'content-type': plain,
  };
  return post(endpoint, headers, envelope);
}

/** POSTs as SNS does. Server errors and silence are worth another try; a client error is an answer. */
function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const fail = (why: string, retry: boolean) => resolve({ ok: false, why, retry });
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const length = Buffer.byteLength(body);
    const request = send(
      url,
      {
        method: 'POST',
        timeout: patience,
        headers: {
          ...headers,
          'content-length': length,
          'user-agent': 'Amazon Simple Notification Service Agent',
          'accept-encoding': 'gzip,deflate',
        },
      },
      (response) => {
        const status = response.statusCode ?? 0;
        response.resume();
        if (status >= 200 && status < 300) resolve({ ok: true });
        else fail(`answered ${status}`, status >= 500 || status === 429 || status < 200);
      },
    );
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', (error) => fail(error.message, true));
    request.end(body);
  });
}
