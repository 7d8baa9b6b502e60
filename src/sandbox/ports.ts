// What the services of the sandbox offer each other. Each service's owner keeps their own interface here.
// A port acts as a service principal or as a named caller, so that policies are asked as on AWS.
import type { Decision } from './policy/evaluate.ts';
import type { Policy } from './policy/policy.ts';
import type { Call, Caller } from './service.ts';

/** On whose behalf a service acts: `service` is the principal ('sns.amazonaws.com'). */
export interface Acting {
  readonly service: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

export interface PortMessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

/** Text that is made when it is first read, since a signature costs more than all else. */
export interface LaterText {
  /** Whether it will be no longer than so many bytes. */
  fits(bytes: number): boolean;
  text(): string;
}

export const textOf = (text: string | LaterText): string => (typeof text === 'string' ? text : text.text());

export type Delivered =
  | { readonly ok: true; readonly messageId: string }
  | { readonly ok: false; readonly reason: 'no-such-queue' | 'access-denied' | 'invalid'; readonly message: string };

export interface SqsPort {
  /** Sends as a service principal; the queue's policy decides. */
  deliver(
    queueArn: string,
    message: {
      readonly body: string | LaterText;
      readonly attributes?: Readonly<Record<string, PortMessageAttribute>>;
      readonly groupId?: string;
      readonly deduplicationId?: string;
    },
    as: Acting,
  ): Delivered;
}

export interface SnsPort {
  /** Publishes as a service principal; the topic's policy decides. */
  publish(
    topicArn: string,
    message: {
      readonly subject?: string;
      readonly message: string;
      readonly attributes?: Readonly<Record<string, PortMessageAttribute>>;
    },
    as: Acting,
  ):
    | { readonly ok: true; readonly messageId: string }
    | { readonly ok: false; readonly reason: 'no-such-topic' | 'access-denied' | 'invalid'; readonly message: string };
}

/** Temporary credentials, and the keys that the sandbox knows. */
export interface StsPort {
  /** What a session token stands for; undefined where nobody issued it. `expires` is on the sandbox's clock. */
  session(accessKeyId: string): Session | undefined;
  /**
   * Credentials of a role, as a service gets them for what it runs (a function, an instance). Whether the role trusts the service is
   * asked of IAM beforehand (`assumableBy`). @throws AccessDenied where there is no such role
   */
  issue(roleArn: string, sessionName: string, seconds: number): Promise<Session>;
  /** AssumeRoleWithSAML, as AWS sign-in calls it. @throws AwsError */
  assumeRoleWithSaml(
    input: {
      readonly RoleArn: string;
      readonly PrincipalArn: string;
      readonly SAMLAssertion: string;
      readonly DurationSeconds?: number;
    },
    requestId: string,
  ): Promise<Session>;
}

export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expires: number;
  readonly caller: Caller;
}

export type Assumable =
  | {
      readonly ok: true;
      readonly roleId: string;
      readonly maxSeconds: number;
      readonly tags: Readonly<Record<string, string>>;
    }
  /** The first action that the trust policy does not allow. */
  | { readonly ok: false; readonly action: string };

export interface RoleWish {
  /** Condition keys of the request: sts:ExternalId and the like. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** All that must be allowed; sts:AssumeRole where nothing is said. */
  readonly actions?: readonly string[];
}

/** A SAML provider of IAM. */
export interface SamlProviderFacts {
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  readonly entityID: string;
  readonly metadata: string;
  readonly encryption: 'Required' | 'Allowed' | undefined;
  /** PEM. */
  readonly privateKeys: readonly string[];
}

/** Roles, and what they may do. */
export interface IamPort {
  /** Whether the role's trust policy lets this caller have it. */
  assumable(roleArn: string, caller: Caller, wish?: RoleWish): Assumable;
  /** The same for a service: 'lambda.amazonaws.com'. */
  assumableBy(roleArn: string, service: string): Assumable;
  /** The same for who comes with a response of a SAML provider. */
  assumableWithSaml(roleArn: string, providerArn: string, wish: RoleWish): Assumable;
  samlProvider(arn: string): SamlProviderFacts | undefined;
  /** The roles that trust a provider with this issuer, each with its provider: what an identity provider may offer. */
  samlRoles(entityID: string): readonly { readonly role: string; readonly provider: string }[];
  /** Of a role that is there. */
  roleId(roleArn: string): string | undefined;
  /** What identity policies say. Users may do all; a role may do what its policies, boundary and session policies allow together. */
  authorizeIdentity(
    caller: Caller,
    action: string,
    resource: string,
    context?: Readonly<Record<string, string | readonly string[]>>,
  ): Decision;
  /**
   * The same for a whole operation, with the policy of the resource besides.
   * @throws AccessDenied, in the words and by the code of the service
   */
  authorizeCall(
    call: Call,
    service: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
    policyOf: (resourceArn: string) => string | Policy | undefined,
    conditionsOf?: (resourceArn: string) => Readonly<Record<string, string>>,
  ): void;
  /** False for a role or user of one of the sandbox's accounts that is not there. */
  mayExist(arn: string): boolean;
  /** What an access key of a user stands for, while it is active. */
  accessKey(accessKeyId: string): { readonly secretAccessKey: string; readonly caller: Caller } | undefined;
  /** What a managed policy says now. */
  policyDocument(arn: string, account: string): string | undefined;
  /** Of an instance profile, by its name or ARN: its ARN and id, and its role's ARN. */
  roleOfInstanceProfile(
    nameOrArn: string,
    account: string,
  ): { readonly arn: string; readonly id: string; readonly role: string | undefined } | undefined;
}

export interface KinesisRecord {
  readonly sequenceNumber: string;
  /** On the sandbox's clock. */
  readonly arrived: number;
  readonly data: Uint8Array;
  readonly partitionKey: string;
}

/** Streams, for services that read or fill them. Whether their roles may is asked of IAM beforehand. Undefined: there is no such thing. */
export interface KinesisPort {
  /** Parents come before their children; a closed shard is to be read to its end before its children. */
  shards(
    streamArn: string,
  ): readonly { readonly id: string; readonly parents: readonly string[]; readonly open: boolean }[] | undefined;
  /** Where to begin reading. */
  position(
    streamArn: string,
    shardId: string,
    at: 'TRIM_HORIZON' | 'LATEST' | { readonly timestamp: number } | { readonly after: string },
  ): string | undefined;
  /** What came from that position on. No `next`: the shard is closed and was read to its end. */
  records(
    streamArn: string,
    shardId: string,
    position: string,
    limit?: number,
  ):
    | { readonly records: readonly KinesisRecord[]; readonly next: string | undefined; readonly millisBehind: number }
    | undefined;
  put(
    streamArn: string,
    record: { readonly data: Uint8Array; readonly partitionKey: string; readonly explicitHashKey?: string },
  ):
    | { readonly ok: true; readonly shardId: string; readonly sequenceNumber: string }
    | { readonly ok: false; readonly reason: 'no-such-stream' | 'invalid'; readonly message: string };
}

/** A user pool as a SAML service provider. */
export interface SamlService {
  /** urn:amazon:cognito:sp:<pool> */
  readonly entityID: string;
  readonly name: string;
  /** Where responses and logout messages are posted to; undefined while the pool has no domain. */
  readonly consumer: string | undefined;
  readonly logout: string | undefined;
  /** RelayStates with which a sign-on may begin at the identity provider, by app client. */
  readonly starts: readonly { readonly client: string; readonly relayState: string }[];
}

export interface CognitoPort {
  /** The pools that have an identity provider with this issuer. */
  samlServices(issuer: string): readonly SamlService[];
}

/** One step of a sign-on, for whoever wants to watch. */
export interface Hop {
  /** The same for all steps of one sign-on: the request's ID, or the response's where nobody asked. */
  readonly flow: string;
  readonly from: Party;
  readonly to: Party;
  readonly kind:
    'authn-request' | 'sign-in' | 'response' | 'assume-role' | 'code' | 'tokens' | 'logout-request' | 'logout-response';
  /** In a few words. */
  readonly title: string;
  readonly url?: string;
  /** XML of SAML messages, JSON of others. */
  readonly message?: string;
  readonly error?: { readonly code: string; readonly message: string };
  /** Whose response it is. */
  readonly service?: 'aws' | 'cognito' | 'other';
  /** Who signed in: the user's name. */
  readonly user?: string;
  /** How the response was broken on purpose. */
  readonly broken?: string;
}

export type Party = 'app' | 'browser' | 'identity-provider' | 'cognito' | 'aws';

export interface IdpPort {
  record(hop: Hop): void;
}

export interface Ports {
  readonly 'cognito-idp': CognitoPort;
  readonly idp: IdpPort;
  readonly kinesis: KinesisPort;
  readonly sqs: SqsPort;
  readonly sns: SnsPort;
  readonly sts: StsPort;
  readonly iam: IamPort;
}
