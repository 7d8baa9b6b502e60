// STS: who one is, and temporary credentials. In: callers already verified. Out: sessions, which the wire asks for when they sign.
// Times are the sandbox's: moving its clock on lets credentials expire. Who may assume a role is asked of `Roles`, IAM's part.
import type * as Client from '@aws-sdk/client-sts';
import type { Session, StsPort } from '../ports.ts';
import { AwsError, type Call, type Caller, type Handler, type Handlers, type Service, type World } from '../service.ts';
import { checkConstraints } from './constraints.ts';
import { parseRoleArn, openRoles, type Roles } from './roles.ts';

type Sts = Handlers<typeof Client>;

/** Expired sessions are kept a while: their tokens are told expired, not unknown. */
const remembered = 24 * 3600_000;

export function createSts(world: World, roles: Roles = openRoles(world)): Service {
  const sessions = new Map<string, Session>();

  const issue = (caller: Omit<Caller, 'accessKeyId'>, seconds: number): Session => {
    const now = world.clock.now();
    for (const [key, session] of sessions) {
      if (session.expires + remembered > now) break;
      sessions.delete(key);
    }
    const accessKeyId = `ASIA${letters(world.token(24))}`;
    const session: Session = {
      accessKeyId,
      secretAccessKey: world.token(30).replaceAll('-', '+').replaceAll('_', '/'),
      sessionToken: `IQoJb3JpZ2luX2Vj${world.token(180).replaceAll('-', '+').replaceAll('_', '/')}`,
      // AWS tells whole seconds.
      expires: Math.ceil((now + seconds * 1000) / 1000) * 1000,
      caller: { ...caller, accessKeyId },
    };
    sessions.set(accessKeyId, session);
    world.changed();
    return session;
  };

  const handlers: Sts = {
    GetCallerIdentity: (_input, { caller }) => ({ UserId: caller.userId, Account: caller.account, Arn: caller.arn }),

    AssumeRole(input, call) {
      checkConstraints([
        ['roleArn', input.RoleArn, { min: 20, max: 2048 }],
        ['roleSessionName', input.RoleSessionName, { min: 2, max: 64, pattern: '[\\w+=,.@-]*' }],
        ['durationSeconds', input.DurationSeconds, { min: 900, max: 43_200 }],
        ['externalId', input.ExternalId, { min: 2, max: 1224, pattern: '[\\w+=,.@:\\/-]*' }],
        ['sourceIdentity', input.SourceIdentity, { min: 2, max: 64, pattern: '[\\w+=,.@-]*' }],
        ['policy', input.Policy, { min: 1 }],
      ]);
      const role = parseRoleArn(input.RoleArn);
      if (!role) throw new AwsError('ValidationError', `${input.RoleArn} is invalid`);
      const seconds = input.DurationSeconds ?? 3600;
      const answer = roles.assumable(input.RoleArn, call.caller);
      if (!answer.ok) throw notAllowed(call, input.RoleArn);
      checkLength(seconds, answer.maxSeconds, call.caller);
      const session = issue(roleSession(role, answer.roleId, input.RoleSessionName), seconds);
      return {
        Credentials: credentialsOf(session),
        AssumedRoleUser: { AssumedRoleId: session.caller.userId, Arn: session.caller.arn },
        ...(input.Policy !== undefined && { PackedPolicySize: Math.ceil(input.Policy.length / 20.48) }),
        ...(input.SourceIdentity !== undefined && { SourceIdentity: input.SourceIdentity }),
      };
    },

    GetSessionToken(input, { caller }) {
      checkConstraints([
        ['durationSeconds', input.DurationSeconds, { min: 900, max: 129_600 }],
        ['serialNumber', input.SerialNumber, { min: 9, max: 256 }],
      ]);
      refuseSession(caller, 'GetSessionToken');
      return { Credentials: credentialsOf(issue(caller, input.DurationSeconds ?? 43_200)) };
    },

    GetFederationToken(input, { caller }) {
      checkConstraints([
        ['name', input.Name, { min: 2, max: 32, pattern: '[\\w+=,.@-]*' }],
        ['durationSeconds', input.DurationSeconds, { min: 900, max: 129_600 }],
      ]);
      refuseSession(caller, 'GetFederationToken');
      const { account } = caller;
      const arn = `arn:aws:sts::${account}:federated-user/${input.Name}`;
      const federated = { ...caller, arn, userId: `${account}:${input.Name}` };
      return {
        Credentials: credentialsOf(issue(federated, input.DurationSeconds ?? 43_200)),
        FederatedUser: { FederatedUserId: federated.userId, Arn: arn },
        PackedPolicySize: 0,
      };
    },

    GetAccessKeyInfo(input, { caller }) {
      checkConstraints([['accessKeyId', input.AccessKeyId, { min: 16, max: 128, pattern: '[\\w]*' }]]);
      const session = sessions.get(input.AccessKeyId);
      if (session) return { Account: session.caller.account };
      if (input.AccessKeyId === caller.accessKeyId) return { Account: caller.account };
      throw new AwsError('ValidationError', 'Request includes invalid access key id.');
    },

    DecodeAuthorizationMessage() {
      // The sandbox's refusals say their reason in the open: no encoded message was ever given out.
      throw new AwsError('InvalidAuthorizationMessageException', 'Message is not valid');
    },
  };

  const port: StsPort = {
    session: (accessKeyId) => sessions.get(accessKeyId),
    issue(roleArn, sessionName, seconds) {
      const role = parseRoleArn(roleArn);
      if (!role) throw new AwsError('ValidationError', `${roleArn} is invalid`);
      return issue(roleSession(role, roles.roleId(roleArn), sessionName), seconds);
    },
  };

  return {
    name: 'sts',
    // Each takes its own operation's input, which is what the wire gives it.
    handlers: handlers as Readonly<Record<string, Handler>>,
    port,
    snapshot: () => [...sessions.values()],
    restore(data) {
      for (const session of data as readonly Session[]) sessions.set(session.accessKeyId, session);
    },
    reset: () => sessions.clear(),
    resources: () => [],
  };
}

const roleSession = (
  { account, name }: { readonly account: string; readonly name: string },
  roleId: string,
  sessionName: string,
): Omit<Caller, 'accessKeyId'> => ({
  account,
  arn: `arn:aws:sts::${account}:assumed-role/${name}/${sessionName}`,
  userId: `${roleId}:${sessionName}`,
  kind: 'role',
});

const credentialsOf = (session: Session) => ({
  AccessKeyId: session.accessKeyId,
  SecretAccessKey: session.secretAccessKey,
  SessionToken: session.sessionToken,
  Expiration: new Date(session.expires),
});

/** Random text as access key ids have it: 16 capitals and digits. */
const letters = (text: string): string => {
  let made = '';
  for (const char of text.slice(0, 16)) made += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(char.charCodeAt(0) % 32);
  return made;
};

const notAllowed = ({ caller }: Call, roleArn: string): AwsError =>
  new AwsError(
    'AccessDenied',
    `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    {
      status: 403,
    },
  );

function checkLength(seconds: number, longest: number, caller: Caller): void {
  if (caller.kind === 'role' && seconds > 3600) {
    const message = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining';
    throw new AwsError('ValidationError', message);
  }
  if (seconds > longest) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
}

function refuseSession(caller: Caller, operation: string): void {
  if (!caller.accessKeyId.startsWith('ASIA')) return;
  throw new AwsError('AccessDenied', `Cannot call ${operation} with session credentials`, { status: 403 });
}
