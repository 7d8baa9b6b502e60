// The sandbox's clock: what time it is there, and how it is moved on.
import { classifyError } from './classifyError.ts';

export interface SandboxClock {
  now(): Promise<Date>;
  /** By so many milliseconds; resolves when what fell due has happened. */
  advance(ms: number, signal?: AbortSignal): Promise<void>;
}

/** @throws AwsFailure where nothing answers, the signal's reason where it was aborted */
export function sandboxClock(endpoint: string, region: string): SandboxClock {
  const ask = async (init: RequestInit = {}): Promise<unknown> => {
    const answer = await fetch(`${endpoint}/_sandbox/clock`, init).catch((error: unknown) => {
      init.signal?.throwIfAborted();
      throw classifyError(error, { operation: 'the clock', region, endpoint, sandbox: true });
    });
    if (!answer.ok) throw new Error(`The sandbox's clock answered ${answer.status}.`);
    return answer.json();
  };
  return {
    async now() {
      const facts = await ask();
      if (facts instanceof Object && 'now' in facts) return new Date(String(facts.now));
      throw new Error("The sandbox's clock did not say the time.");
    },
    async advance(ms, signal) {
      await ask({
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advance: `${ms}ms` }),
        ...(signal && { signal }),
      });
    },
  };
}
