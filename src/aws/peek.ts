// A true look into the sandbox's queues, over its admin path. In: the sandbox's address. Out: messages as they are stored.
// Never: receives, counts or hides a message. Other targets have no such thing: SQS itself cannot peek.
import { classifyError } from './classifyError.ts';
import { AwsFailure } from './errors.ts';
import type { PeekClient } from './target.ts';

const attempts = 3;

export function peekClient(endpoint: string): PeekClient {
  const base = `${endpoint}/_sandbox/peek/sqs`;
  const ask = async <T>(url: string, init: RequestInit, attempt = 1): Promise<T> => {
    const answer = await fetch(url, init).catch((error: unknown) => {
      if (init.signal?.aborted) throw error;
      if (attempt >= attempts || init.method === 'POST')
        throw classifyError(error, { operation: 'the look', region: '', endpoint, sandbox: true });
      return undefined;
    });
    if (answer?.status === 404) throw noSuchQueue();
    // The sandbox's own admin path, whose answers are of the types that the sandbox gives.
    if (answer?.ok) return (await answer.json()) as T;
    if (attempt < attempts && init.method !== 'POST') return ask(url, init, attempt + 1);
    throw new Error(`The sandbox answered ${answer?.status ?? 'nothing'}.`);
  };
  const get = <T>(query: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<T> =>
    ask<T>(`${base}?${new URLSearchParams(query).toString()}`, signal ? { signal } : {});
  return {
    overview: ({ queueUrl, region }, unless, signal) =>
      get({ form: 'overview', queueUrl, region, ...(unless !== undefined && { unless }) }, signal),
    contents: ({ queueUrl, region }, after, limit, signal) =>
      get({ form: 'contents', queueUrl, region, after: String(after), limit: String(limit) }, signal),
    act: (act, { queueUrl, region }, ids, to) =>
      ask(`${base}/${act}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ queueUrl, region, ids, ...(to !== undefined && { to }) }),
      }),
  };
}

const noSuchQueue = (): AwsFailure =>
  new AwsFailure('refused', {
    code: 'QueueDoesNotExist',
    what: 'The specified queue does not exist.',
    advice: '',
  });
