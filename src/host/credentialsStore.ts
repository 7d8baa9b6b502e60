// Pasted credentials, each under a name. In: the editor's secret storage, which is the only place they are ever kept.
// Out: facts without secrets for lists; credentials for the target that uses them. Never: a log line, a file, a setting.
import type { Credentials } from '../aws/clients.ts';
import { AwsFailure } from '../aws/errors.ts';
import type { PastedText } from '../aws/credentialsText.ts';
import { shownName } from './shownName.ts';

/** The editor's own fits. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
}

export interface PastedFacts {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly expires: Date | 'unknown' | undefined;
}

export interface Pasted extends PastedText {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

export const secretKey = 'awsLabs.credentials';

export class CredentialsStore {
  readonly #secrets: Secrets;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  async list(): Promise<readonly PastedFacts[]> {
    return (await this.#all()).map(({ name, account, region, expiration, sessionToken }) => ({
      name,
      account,
      region,
      expires: expiration ?? (sessionToken === undefined ? undefined : 'unknown'),
    }));
  }

  /** Throws AwsFailure `credentials-missing` where they have been forgotten. */
  async read(name: string): Promise<Credentials> {
    const found = (await this.#all()).find((each) => each.name === name);
    if (found) return keysOf(found);
    throw new AwsFailure('credentials-missing', {
      code: 'PastedCredentialsGone',
      what: `There are no pasted credentials “${shownName(name)}” any more.`,
      advice: 'Paste them again, or choose where labs run.',
    });
  }

  /** In place of those that were kept under this name. */
  put(pasted: Pasted): Promise<void> {
    return this.#change((all) => [...all.filter(({ name }) => name !== pasted.name), pasted]);
  }

  remove(name: string): Promise<void> {
    return this.#change((all) => all.filter((each) => each.name !== name));
  }

  /** One after the other, so that none undoes another's. */
  #change(change: (all: readonly Pasted[]) => readonly Pasted[]): Promise<void> {
    const done = this.#writing.then(async () =>
      this.#secrets.store(secretKey, JSON.stringify(change(await this.#all()))),
    );
    this.#writing = done.catch(() => undefined);
    return done;
  }

  async #all(): Promise<readonly Pasted[]> {
    return parseKept(await this.#secrets.get(secretKey));
  }
}

const keysOf = ({ accessKeyId, secretAccessKey, sessionToken, expiration }: Pasted): Credentials => ({
  accessKeyId,
  secretAccessKey,
  ...(sessionToken !== undefined && { sessionToken }),
  ...(expiration && { expiration }),
});

/** Whatever cannot be read is as if it were not there. */
function parseKept(text: string | undefined): readonly Pasted[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.flatMap(parseOne) : [];
  } catch {
    return [];
  }
}

function parseOne(value: unknown): readonly Pasted[] {
  const from: Readonly<Record<string, unknown>> = value instanceof Object ? { ...value } : {};
  const text = (key: keyof Pasted) => (typeof from[key] === 'string' ? from[key] : undefined);
  const [name, accessKeyId, secretAccessKey] = [text('name'), text('accessKeyId'), text('secretAccessKey')];
  if (name === undefined || accessKeyId === undefined || secretAccessKey === undefined) return [];
  const [sessionToken, expiration] = [text('sessionToken'), text('expiration')];
  return [
    {
      name,
      accessKeyId,
      secretAccessKey,
      account: text('account') ?? '',
      region: text('region') ?? 'us-east-1',
      ...(sessionToken !== undefined && { sessionToken }),
      ...(expiration !== undefined && { expiration: new Date(expiration) }),
    },
  ];
}
