// Credentials as the user's own configuration gives them: environment, profile, SSO, role with MFA, `credential_process`, container, instance.
// In: a profile, and whom to ask for an MFA code. Out: a provider that reads everything anew each time it is called.
import type { Credentials, CredentialsProvider } from './clients.ts';
import { AwsFailure } from './errors.ts';

/** Asks a person for the code that the device shows now. Undefined: nobody wants to, or can. */
export type AskMfa = (serial: string) => Promise<string | undefined>;

export interface ChainOptions {
  readonly profile?: string;
  readonly askMfa?: AskMfa;
  /** What a code was given for, by profile: good until it ends, however often targets are opened. */
  readonly kept?: Map<string, Credentials>;
  now(): number;
}

export function chainProvider({ profile, askMfa, kept, now }: ChainOptions): CredentialsProvider {
  const key = profile ?? process.env['AWS_PROFILE'] ?? 'default';
  return async (options) => {
    const known = kept?.get(key);
    if (known?.expiration && known.expiration.getTime() - now() > 60_000) return known;
    let asked = false;
    const mfaCodeProvider = async (serial: string): Promise<string> => {
      asked = true;
      const code = await askMfa?.(serial);
      if (code === undefined) throw noCode(serial, askMfa !== undefined);
      return code;
    };
    const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
    const named = profile === undefined ? {} : { profile };
    try {
      // A chain of its own each time: one that lives on would keep what it once read.
      const credentials = await fromNodeProviderChain({ ignoreCache: true, mfaCodeProvider, ...named })({ ...options });
      if (asked) kept?.set(key, credentials);
      return credentials;
    } catch (error) {
      throw asked && isWrongCode(error) ? wrongCode() : error;
    }
  };
}

const noCode = (serial: string, askable: boolean): AwsFailure =>
  new AwsFailure('credentials-missing', {
    code: 'MfaCodeMissing',
    what: `The code of the MFA device ${serial} is needed, and ${askable ? 'none was given' : 'nobody can be asked for it here'}.`,
    advice: askable
      ? 'Sign in again to be asked anew; nothing was sent.'
      : 'Run it in a terminal, or use a profile that needs no code.',
  });

const wrongCode = (): AwsFailure =>
  new AwsFailure('credentials-missing', {
    code: 'MfaCodeWrong',
    what: 'AWS did not accept the MFA code.',
    advice: 'Wait until the device shows the next one, since each is good once, and sign in again.',
  });

/** STS says both with one error code: not allowed at all, and wrong code. */
const isWrongCode = (error: unknown): boolean =>
  error instanceof Error && /MultiFactorAuthentication failed|tokenCode/i.test(error.message);
