// When credentials have expired, somebody is asked for new ones, once for all calls that wait; then each is sent again.
// An expired call was not executed, so sending it again cannot do anything twice.
import type { CredentialsProvider } from './clients.ts';
import type { CredentialsSource } from './credentialsSource.ts';
import type { AwsFailure } from './errors.ts';

/** The account the interrupted calls are for: undefined while the target is being opened. */
export interface Expired {
  readonly failure: AwsFailure;
  readonly account: string | undefined;
}

/** false: nobody gave any. true: read them anew where they came from. Else: from there, from now on. */
export type Renew = (expired: Expired) => Promise<boolean | CredentialsProvider>;

export class CredentialsRenewal {
  readonly #source: CredentialsSource;
  readonly #renew: Renew | undefined;
  #generation = 0;
  #running: Promise<boolean> | undefined;

  constructor(source: CredentialsSource, renew: Renew | undefined) {
    this.#source = source;
    this.#renew = renew;
  }

  /** Taken before a call is sent: tells later whether the call went out with what has been replaced since. */
  get generation(): number {
    return this.#generation;
  }

  /** Whether the call that failed is to be sent again. */
  async after(expired: Expired, generation: number, signal: AbortSignal | undefined): Promise<boolean> {
    const renew = this.#renew;
    if (renew === undefined) return false;
    if (generation !== this.#generation) return true;
    this.#running ??= this.#run(renew, expired).finally(() => (this.#running = undefined));
    return signal ? Promise.race([this.#running, aborted(signal)]) : this.#running;
  }

  async #run(renew: Renew, expired: Expired): Promise<boolean> {
    const answer = await renew(expired);
    if (answer === false) return false;
    this.#source.forget(answer === true ? undefined : answer);
    this.#generation++;
    return true;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
