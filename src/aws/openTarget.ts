// Makes a target: resolves credentials, region and account first, so that what follows cannot go to the wrong place.
// In: sandbox, profile or endpoint. Out: a Target, or an AwsFailure that says what to do.
import { classifyError, type CallContext } from './classifyError.ts';
import { AwsFailure } from './errors.ts';
import { Clients, type ClientConfig, type Credentials } from './clients.ts';
import { chainProvider, type AskMfa } from './credentialsChain.ts';
import { CredentialsRenewal, type Renew } from './credentialsRenewal.ts';
import { CredentialsSource } from './credentialsSource.ts';
import { identityProviderClient, type IdentityProvider } from './identityProvider.ts';
import { mailboxClient } from './mailbox.ts';
import { peekClient } from './peek.ts';
import { effectOf, splitOperation, type InputOf, type OperationName, type OutputOf } from './operations.ts';
import { presignedUrl } from './actions/presign.ts';
import { sandboxClock, type SandboxClock } from './sandboxClock.ts';
import { configOf, labelOf, type TargetChoice, type TargetConfig } from './targetChoice.ts';
import type { CallRecord, ObjectPlace, SendOptions, Target, TargetFacts, TargetKind } from './target.ts';

export interface TargetClock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Between attempts, doubled each time. */
const firstPause: Readonly<Record<TargetKind, number>> = { sandbox: 1, endpoint: 100, aws: 200 };
const attempts = 4;

/** What people are asked for. Each may be absent: then it is a failure that says so. */
export interface TargetHelp {
  readonly askMfa?: AskMfa;
  readonly renew?: Renew;
  /** Credentials that a code was given for, by profile; outlives targets. */
  readonly kept?: Map<string, Credentials>;
}

export async function openTarget(
  choice: TargetChoice,
  clock: TargetClock,
  signal?: AbortSignal,
  help: TargetHelp = {},
): Promise<Target> {
  const chain = (profile: string | undefined) =>
    chainProvider({ now: () => clock.now(), ...(profile !== undefined && { profile }), ...help });
  const target = new AwsTarget(choice, await configOf(choice, chain), clock, help.renew);
  try {
    await target.resolveFacts(signal);
  } catch (error) {
    target.dispose();
    throw error;
  }
  return target;
}

class AwsTarget implements Target {
  readonly kind: TargetKind;
  readonly label: string;
  readonly mailbox?: NonNullable<Target['mailbox']>;
  readonly peek?: NonNullable<Target['peek']>;
  readonly identityProvider?: IdentityProvider;
  readonly #choice: TargetChoice;
  readonly #config: TargetConfig;
  readonly #clients: Clients;
  readonly #source: CredentialsSource;
  readonly #renewal: CredentialsRenewal;
  readonly #endpoint: string | undefined;
  readonly #clock: TargetClock;
  readonly #sandboxClock: SandboxClock | undefined;
  readonly #listeners = new Set<(record: CallRecord) => void>();
  #facts: TargetFacts;

  constructor(choice: TargetChoice, config: TargetConfig, clock: TargetClock, renew: Renew | undefined) {
    this.kind = choice.kind;
    this.label = labelOf(choice);
    this.#choice = choice;
    this.#config = config;
    const { credentials } = config;
    this.#source = new CredentialsSource({
      provider: typeof credentials === 'function' ? credentials : async () => credentials,
      now: () => clock.now(),
      admit: (fresh) => this.#admit(fresh),
    });
    this.#renewal = new CredentialsRenewal(this.#source, renew);
    this.#clients = new Clients({ ...config, credentials: this.#source.provider });
    this.#endpoint = config.endpoint?.();
    this.#clock = clock;
    this.#sandboxClock = choice.kind === 'sandbox' ? sandboxClock(choice.endpoint, choice.region) : undefined;
    this.#facts = { kind: choice.kind, label: this.label, account: '', region: config.region ?? '' };
    if (choice.kind !== 'sandbox') return;
    this.mailbox = mailboxClient(choice.endpoint);
    this.peek = peekClient(choice.endpoint);
    this.identityProvider = identityProviderClient(choice.endpoint);
  }

  get facts(): TargetFacts {
    return this.#facts;
  }
  get account(): string {
    return this.#facts.account;
  }
  get region(): string {
    return this.#facts.region;
  }
  get endpoint(): string | undefined {
    return this.#facts.endpoint;
  }

  expires(): Date | 'unknown' | undefined {
    return this.#source.endsUnknown ? 'unknown' : this.#source.expires;
  }

  refresh(): void {
    this.#source.forget();
  }

  async resolveFacts(signal?: AbortSignal): Promise<void> {
    const { client } = await this.#clients.get('sts');
    const region = await client.config.region().catch((error: unknown) => {
      throw classifyError(error, this.#context('sts.GetCallerIdentity'));
    });
    const profile = this.#choice.kind === 'sandbox' ? undefined : this.#choice.profile;
    const endpoint = this.#endpoint;
    const known = {
      ...this.#facts,
      region,
      ...(endpoint !== undefined && { endpoint }),
      ...(profile !== undefined && { profile }),
    };
    this.#facts = known;
    const caller = await this.send('sts.GetCallerIdentity', {}, signal ? { signal } : {});
    this.#facts = { ...known, account: caller.Account ?? '', ...(caller.Arn !== undefined && { caller: caller.Arn }) };
  }

  async verify(signal?: AbortSignal): Promise<void> {
    const caller = await this.send('sts.GetCallerIdentity', {}, signal ? { signal } : {});
    if (caller.Account !== this.account) throw wrongAccount(caller.Account, this.account);
  }

  /** New credentials, before the first call is made with them: once a target is open, only the same account's will do. */
  async #admit(credentials: Credentials): Promise<void> {
    if (this.account === '') return;
    const { Account } = await callerOf(this.#config, credentials);
    if (Account !== this.account) throw wrongAccount(Account, this.account);
  }

  send<O extends OperationName>(operation: O, input: InputOf<O>, options?: SendOptions): Promise<OutputOf<O>>;
  send(operation: OperationName, input: object, options: SendOptions = {}): Promise<object> {
    return this.sendAny(operation, input, options);
  }

  async sendAny(operation: OperationName, input: object, options: SendOptions = {}): Promise<object> {
    const most = options.attempts ?? attempts;
    for (let attempt = 1; ; attempt++) {
      options.signal?.throwIfAborted();
      const call = () => this.#attempt(operation, input, attempt, options);
      // Nobody can renew credentials that are not the target's own.
      const outcome = await (options.credentials ? call() : this.#renewing(call, options.signal));
      if (!(outcome instanceof AwsFailure)) return outcome;
      if (attempt >= most || !mayRepeat(outcome, operation)) throw outcome;
      await this.#clock.sleep(firstPause[this.kind] * 2 ** (attempt - 1), options.signal);
    }
  }

  /** Expired calls wait for new credentials, then go on; each round was asked of a person, so there is no end to count to. */
  async #renewing(call: () => Promise<object>, signal: AbortSignal | undefined): Promise<object> {
    for (;;) {
      const { generation } = this.#renewal;
      const failure = await call();
      if (!(failure instanceof AwsFailure) || failure.kind !== 'credentials-expired') return failure;
      const expired = { failure, account: this.account === '' ? undefined : this.account };
      if (!(await this.#renewal.after(expired, generation, signal))) return failure;
    }
  }

  async #attempt(
    operation: OperationName,
    input: object,
    attempt: number,
    { signal, absent, credentials }: SendOptions,
  ): Promise<object> {
    const { service, command } = splitOperation(operation);
    const began = performance.now();
    const record = (rest: Pick<CallRecord, 'error' | 'requestId' | 'absent'>) => {
      for (const listener of this.#listeners) listener({ operation, attempt, ms: performance.now() - began, ...rest });
    };
    const clients = credentials ? new Clients({ ...this.#config, credentials }) : this.#clients;
    try {
      const { client, module } = await clients.get(service);
      const Command = module.commands.get(command);
      if (!Command) throw new Error(`The SDK has no ${operation}.`);
      const answer = await client.send(new Command(input), signal ? { abortSignal: signal } : {});
      const { $metadata, ...output } = withMetadata(answer);
      record($metadata?.requestId === undefined ? {} : { requestId: $metadata.requestId });
      return output;
    } catch (error) {
      signal?.throwIfAborted();
      const failure = classifyError(error, this.#context(operation));
      const own = credentials === undefined;
      if (own && (failure.kind === 'credentials-expired' || failure.kind === 'credentials-missing'))
        this.#source.forget();
      const outcome = absent?.includes(failure.code)
        ? { absent: true }
        : { error: { code: failure.code, what: failure.what } };
      record({ ...outcome, ...(failure.requestId !== undefined && { requestId: failure.requestId }) });
      return failure;
    } finally {
      if (credentials) clients.forget();
    }
  }

  #context(operation: OperationName): CallContext {
    const { profile } = this.#facts;
    return {
      operation,
      region: this.region,
      endpoint: this.endpoint,
      profile,
      sandbox: this.#choice.kind === 'sandbox',
    };
  }

  async presign({ bucket, key, region = this.region }: ObjectPlace, seconds: number): Promise<string> {
    const credentials = await this.#source.get();
    const endpoint = this.#config.endpoint?.('s3');
    return presignedUrl({ endpoint, region, bucket, key, seconds, credentials, now: await this.#judgesTime() });
  }

  /** Of who will judge a signature's age: a sandbox's clock may have been moved on. */
  #judgesTime(): Date | Promise<Date> {
    return this.#sandboxClock?.now() ?? new Date(this.#clock.now());
  }

  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await (this.#sandboxClock ? this.#sandboxClock.advance(ms, signal) : this.#clock.sleep(ms, signal));
  }

  onCall(listener: (record: CallRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#listeners.clear();
    this.#clients.forget();
  }
}

/** A create is not repeated when it may have worked: the caller looks first. */
function mayRepeat(failure: AwsFailure, operation: OperationName): boolean {
  switch (failure.kind) {
    case 'throttled':
      return true;
    case 'network':
    case 'service':
      return failure.effect === 'none' ? failure.code !== 'ENOTFOUND' : effectOf(operation).effect !== 'create';
    case 'clock-skew':
      return true;
    default:
      return false;
  }
}

/** Who would be asking with these credentials, by a client of its own. */
async function callerOf(config: ClientConfig, credentials: Credentials): Promise<{ readonly Account?: string }> {
  const clients = new Clients({ ...config, credentials });
  try {
    const { client, module } = await clients.get('sts');
    const Command = module.commands.get('GetCallerIdentity');
    if (!Command) throw new Error('The SDK has no sts.GetCallerIdentity.');
    return await client.send(new Command({}));
  } finally {
    clients.forget();
  }
}

const wrongAccount = (now: string | undefined, pinned: string): AwsFailure =>
  new AwsFailure('wrong-account', {
    code: 'WrongAccount',
    what: `The credentials now belong to account ${now ?? '?'}, but this session is in account ${pinned}.`,
    advice: 'Switch back to the first account, or begin a session of its own in the other.',
  });

function withMetadata(answer: object): { $metadata?: { requestId?: string } } & Record<string, unknown> {
  return { ...answer };
}
