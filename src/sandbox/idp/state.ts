// What the local identity provider remembers. Its key and users are kept; tickets and browsers are of the moment.
import type { KeyPair } from '../../saml/certificate/makeCertificate.ts';
import type { World } from '../service.ts';
import type { BreakId } from './breaks.ts';
import type { HopLog } from './hopLog.ts';
import { firstUsers, type IdpUser } from './users.ts';

export interface IdpState {
  /** Signs; made when first needed. */
  key: KeyPair | undefined;
  /** Announced in the metadata, and not yet used. */
  next: KeyPair | undefined;
  /** No longer used, and still in the metadata. */
  old: KeyPair | undefined;
  users: readonly IdpUser[];
  /** Switched on for every sign-on, until it is switched off. */
  broken: BreakId | undefined;
}

export const emptyState = (): IdpState => ({
  key: undefined,
  next: undefined,
  old: undefined,
  users: firstUsers,
  broken: undefined,
});

/** Where a response is to go. */
export interface SignOn {
  readonly service: 'aws' | 'cognito' | 'other';
  /** Where the browser posts the response. */
  readonly consumer: string;
  /** What the response says of that: AWS's own address, though the sandbox's page takes it. */
  readonly destination: string;
  readonly audience: string;
  readonly title: string;
  readonly inResponseTo: string | undefined;
  readonly relayState: string | undefined;
}

export interface Idp {
  readonly world: World;
  /** Replaced as a whole by reset and restore. */
  state: IdpState;
  /** Sign-ons whose page is shown, by a text that nobody can guess. */
  readonly tickets: Map<string, SignOn & { readonly expires: number }>;
  /** Cookies of browsers, and who signed in there. */
  readonly browsers: Map<string, { readonly user: string; readonly expires: number }>;
  readonly hops: HopLog;
  /** Made when first needed. */
  stranger?: KeyPair;
}
