import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient, type AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { startTestSandbox, type ClientSettings, type TestSandbox } from '../start.ts';

export interface OpenIam {
  readonly aws: TestSandbox;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  /** A role that this account may assume, which may do what these statements say; its ARN. */
  role(name: string, statements?: readonly object[], trust?: object): Promise<string>;
  /** Credentials of a session of this role. */
  assume(role: string, more?: Partial<AssumeRoleCommandInput>): Promise<ClientSettings['credentials']>;
  /** A client that signs as this role. */
  as<Client extends { destroy(): void }>(
    role: string,
    kind: new (settings: ClientSettings) => Client,
    more?: Partial<AssumeRoleCommandInput>,
  ): Promise<Client>;
}

export const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const trusts = (principal: object | string, more: object = {}): object => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...more,
});

export const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*'): object => ({
  Effect: 'Allow',
  Action,
  Resource,
});

export async function openIam(options: Partial<SandboxOptions> = {}): Promise<OpenIam> {
  const aws = await startTestSandbox(options);
  const iam = aws.client(IAMClient);
  const sts = aws.client(STSClient);
  const open: OpenIam = {
    aws,
    iam,
    sts,
    async role(RoleName, statements = [], trust = trusts({ AWS: aws.account })) {
      const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy(trust) }));
      if (statements.length > 0) {
        const PolicyDocument = policy(...statements);
        await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }));
      }
      return Role?.Arn ?? '';
    },
    async assume(RoleArn, more = {}) {
      const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me', ...more }));
      return {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      };
    },
    as: async (role, kind, more) => aws.client(kind, { credentials: await open.assume(role, more) }),
  };
  return open;
}

/** How AWS refuses: the wire's code, the message, the status. */
export async function refusal(refused: Promise<unknown>): Promise<{ code: string; message: string; status: number }> {
  const answered = await refused.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(answered instanceof Error)) throw new Error('This was to be refused.');
  const { Code, $metadata } = answered as Error & { Code?: string; $metadata?: { httpStatusCode?: number } };
  return { code: Code ?? answered.name, message: answered.message, status: $metadata?.httpStatusCode ?? 0 };
}

export const noSuchEntity = (message: string) => ({ code: 'NoSuchEntity', message, status: 404 });
export const malformed = (message: string) => ({ code: 'MalformedPolicyDocument', message, status: 400 });
export const conflict = (message: string) => ({ code: 'DeleteConflict', message, status: 409 });
export const overLimit = (message: string) => ({ code: 'LimitExceeded', message, status: 409 });
export const invalid = (message: string) => ({ code: 'ValidationError', message, status: 400 });
export const noRole = (name: string) => noSuchEntity(`The role with name ${name} cannot be found.`);
