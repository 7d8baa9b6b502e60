// Keeps the credentials of one target, and asks for new ones when they end. In: a provider. Out: credentials that are good now.
// Never: hands out credentials that were not admitted, so that no call can go to another account than the one that was opened.
import type { Credentials, CredentialsProvider } from './clients.ts';

export interface SourceOptions {
  readonly provider: CredentialsProvider;
  now(): number;
  /** Throws where these must not be used. Asked once for each new key. */
  admit(credentials: Credentials): Promise<void>;
}

/** So long before their end credentials are asked for anew. */
const margin = 60_000;

export class CredentialsSource {
  readonly #options: SourceOptions;
  #provider: CredentialsProvider;
  #known: Credentials | undefined;
  #forgotten = false;
  #asking: Promise<Credentials> | undefined;

  constructor(options: SourceOptions) {
    this.#options = options;
    this.#provider = options.provider;
  }

  get expires(): Date | undefined {
    return this.#known?.expiration;
  }

  /** Temporary ones that do not tell when they end. */
  get endsUnknown(): boolean {
    return this.#known?.sessionToken !== undefined && this.#known.expiration === undefined;
  }

  /** For the SDK, which is told that nothing has to be kept on its side. */
  get provider(): CredentialsProvider {
    return Object.assign((options?: object) => this.get(options), { memoized: true });
  }

  async get(options?: object): Promise<Credentials> {
    const known = this.#known;
    if (known && !this.#forgotten && this.#left(known) > margin) return known;
    const asking = (this.#asking ??= this.#ask(options));
    try {
      return await asking;
    } catch (error) {
      // The end is near, but not here: what is there still serves.
      if (known && !this.#forgotten && this.#left(known) > 0) return known;
      throw error;
    } finally {
      if (this.#asking === asking) this.#asking = undefined;
    }
  }

  /** The next call asks anew, and of this provider where one is given. Calls under way go on with what they have. */
  forget(provider = this.#provider): void {
    this.#provider = provider;
    this.#forgotten = true;
    this.#asking = undefined;
  }

  async #ask(options?: object): Promise<Credentials> {
    const provider = this.#provider;
    const credentials = await provider(options);
    if (credentials.accessKeyId !== this.#known?.accessKeyId) await this.#options.admit(credentials);
    if (provider === this.#provider) {
      this.#known = credentials;
      this.#forgotten = false;
    }
    return credentials;
  }

  #left({ expiration }: Credentials): number {
    return expiration === undefined ? Infinity : expiration.getTime() - this.#options.now();
  }
}
