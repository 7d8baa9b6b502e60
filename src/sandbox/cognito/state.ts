// All that Cognito user pools remember, as plain data.
import type {
  CreateUserPoolCommandInput,
  CreateUserPoolClientCommandInput,
  SchemaAttributeType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { KeyPair } from '../../saml/certificate/makeCertificate.ts';

export interface CognitoState {
  /** By id, which has the region in it. */
  readonly pools: Map<string, Pool>;
}

export const emptyState = (): CognitoState => ({ pools: new Map() });

export type PoolSettings = Omit<CreateUserPoolCommandInput, 'PoolName' | 'Schema' | 'UserPoolTags'>;

export interface Pool {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  name: string;
  /** Milliseconds since 1970, as all times here. */
  readonly created: number;
  updated: number;
  settings: PoolSettings;
  readonly schema: SchemaAttributeType[];
  readonly tags: Map<string, string>;
  /** The prefix, or the whole name of one's own domain. */
  domain: Domain | undefined;
  readonly clients: Map<string, AppClient>;
  /** By username, in small letters where case does not count. */
  readonly users: Map<string, User>;
  readonly groups: Map<string, Group>;
  readonly providers: Map<string, IdentityProvider>;
  readonly resourceServers: Map<string, ResourceServer>;
  /** Signs tokens; made when first needed. PEM. */
  tokenKey: { readonly id: string; readonly pem: string } | undefined;
  /** Signs requests to SAML identity providers, and opens what they encrypt. */
  samlKey: KeyPair | undefined;
  /** By the id that all tokens of one sign-in share (origin_jti). */
  readonly sessions: Map<string, SignIn>;
  /** Between a challenge and its answer. By the Session's text. */
  readonly challenges: Map<string, Challenge>;
  /** What the web endpoints wait for: answers of identity providers, codes to be redeemed. */
  readonly pending: Map<string, Pending>;
  /** Assertions count once: their ids, and until when they must be remembered. */
  readonly assertions: Map<string, number>;
}

export interface Domain {
  readonly name: string;
  readonly custom: boolean;
  readonly certificateArn: string | undefined;
  readonly managedLogin: number | undefined;
}

export type ClientSettings = Omit<CreateUserPoolClientCommandInput, 'UserPoolId' | 'GenerateSecret' | 'ClientSecret'>;

export interface AppClient {
  readonly id: string;
  readonly secret: string | undefined;
  readonly created: number;
  updated: number;
  settings: ClientSettings;
}

export type UserStatus = 'UNCONFIRMED' | 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED' | 'EXTERNAL_PROVIDER';

export interface User {
  readonly username: string;
  readonly sub: string;
  readonly created: number;
  updated: number;
  status: UserStatus;
  enabled: boolean;
  readonly attributes: Map<string, string>;
  /** How the password is known, without being it. Hexadecimal. */
  password: { readonly salt: string; readonly verifier: string; readonly set: number } | undefined;
  code: Code | undefined;
  failures: { count: number; until: number };
}

export interface Code {
  readonly value: string;
  readonly purpose: 'sign-up' | 'password' | 'attribute';
  readonly attribute: string;
  readonly expires: number;
}

export interface Group {
  readonly name: string;
  readonly created: number;
  updated: number;
  description: string | undefined;
  precedence: number | undefined;
  roleArn: string | undefined;
  /** Usernames. */
  readonly members: Set<string>;
}

export interface IdentityProvider {
  readonly name: string;
  readonly type: string;
  readonly created: number;
  updated: number;
  details: Readonly<Record<string, string>>;
  mapping: Readonly<Record<string, string>>;
  identifiers: readonly string[];
  /** The document, from the file or the address given. */
  metadata: string;
  /** When the document was taken from its address last. */
  fetched: number;
}

export interface ResourceServer {
  readonly identifier: string;
  name: string;
  scopes: readonly { readonly ScopeName: string; readonly ScopeDescription: string }[];
}

export interface SignIn {
  readonly id: string;
  readonly clientId: string;
  readonly username: string;
  readonly began: number;
  readonly refreshToken: string;
  readonly refreshExpires: number;
  readonly scopes: readonly string[];
  /** Through the web endpoints: tokens say their version then. */
  readonly web: boolean;
  revoked: boolean;
}

export interface Challenge {
  readonly name: 'NEW_PASSWORD_REQUIRED' | 'PASSWORD_VERIFIER';
  readonly clientId: string;
  readonly username: string;
  readonly expires: number;
  /** SRP: what the server keeps to itself. Hexadecimal. */
  readonly secret: { readonly b: string; readonly B: string; readonly A: string; readonly block: string } | undefined;
}

export interface WebWish {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly responseType: 'code' | 'token';
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
}

export type Pending =
  | {
      readonly kind: 'request';
      readonly wish: WebWish;
      readonly provider: string;
      readonly requestId: string;
      readonly expires: number;
    }
  | {
      readonly kind: 'code';
      readonly wish: WebWish;
      readonly username: string;
      readonly began: number;
      readonly flow: string;
      readonly expires: number;
    }
  /** A browser that has signed in: its cookie. */
  | {
      readonly kind: 'browser';
      readonly username: string;
      readonly began: number;
      readonly saml:
        { readonly provider: string; readonly nameId: string; readonly session: string | undefined } | undefined;
      readonly expires: number;
    }
  /** A sign-out at an identity provider, and where the browser goes on to afterwards. */
  | { readonly kind: 'logout'; readonly requestId: string; readonly redirect: string; readonly expires: number };
