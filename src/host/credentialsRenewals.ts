import type { CredentialsProvider } from '../aws/clients.ts';
import type { Expired, Renew } from '../aws/credentialsRenewal.ts';

/**
 * One question for the whole window, however many calls wait. Who has said no is not asked again by the next call that fails, only after
 * doing something about it.
 */
export class Renewals {
  readonly #ask: Renew;
  #asking: Promise<boolean | CredentialsProvider> | undefined;
  #declined = false;

  constructor(ask: Renew) {
    this.#ask = ask;
  }

  readonly renew: Renew = async (expired: Expired) => {
    if (this.#declined) return false;
    this.#asking ??= this.#ask(expired).finally(() => (this.#asking = undefined));
    const answer = await this.#asking;
    this.#declined = answer === false;
    return answer;
  };

  /** Somebody has chosen a target, signed in, or pasted. */
  askAgain(): void {
    this.#declined = false;
  }
}
