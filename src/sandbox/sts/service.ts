// STS: who one is, and temporary credentials. In: callers already verified. Out: sessions, which the wire asks for when they sign.
// Times are the sandbox's: moving its clock on lets credentials expire. Who may assume a role is asked of IAM.
import type * as Client from '@aws-sdk/client-sts';
import type { Session, StsPort } from '../ports.ts';
import { AwsError, type Caller, type Handler, type Handlers, type Service, type World } from '../service.ts';
import { checkConstraints } from './constraints.ts';
import { assumeRole, roleSession } from './assumeRole.ts';
import { assumeRoleWithSaml, type SamlInput } from './assumeRoleWithSaml.ts';
import { watchSaml } from './watchSaml.ts';
import { parseRoleArn } from './roles.ts';

type Sts = Handlers<typeof Client>;

/** Expired sessions are kept a while: their tokens are told expired, not unknown. */
const remembered = 24 * 3600_000;

export function createSts(world: World): Service {
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

  const assumeWithSaml = async (input: SamlInput, requestId: string) => {
    const watched = watchSaml(world, input);
    try {
      const assumed = await assumeRoleWithSaml(await world.port('iam'), world.clock.now(), input, requestId);
      await watched(assumed.answer);
      return { session: issue(assumed.caller, assumed.seconds), answer: assumed.answer };
    } catch (thrown) {
      await watched(thrown);
      throw thrown;
    }
  };

  const handlers: Sts = {
    GetCallerIdentity: (_input, { caller }) => ({ UserId: caller.userId, Account: caller.account, Arn: caller.arn }),

    async AssumeRole(input, call) {
      const { caller, seconds } = assumeRole(await world.port('iam'), input, call);
      const session = issue(caller, seconds);
      return {
        Credentials: credentialsOf(session),
        AssumedRoleUser: { AssumedRoleId: caller.userId, Arn: caller.arn },
        ...(input.Policy !== undefined && { PackedPolicySize: Math.ceil(input.Policy.length / 20.48) }),
        ...(input.SourceIdentity !== undefined && { SourceIdentity: input.SourceIdentity }),
      };
    },

    async AssumeRoleWithSAML(input, call) {
      const { session, answer } = await assumeWithSaml(input, call.requestId);
      return { ...answer, Credentials: credentialsOf(session) };
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
    assumeRoleWithSaml: async (input, requestId) => (await assumeWithSaml(input, requestId)).session,
    session: (accessKeyId) => sessions.get(accessKeyId),
    async issue(roleArn, sessionName, seconds) {
      const role = parseRoleArn(roleArn);
      const roleId = (await world.port('iam')).roleId(roleArn);
      if (!role || !roleId) throw new AwsError('AccessDenied', `There is no role ${roleArn}.`, { status: 403 });
      return issue(roleSession(role, roleId, sessionName), seconds);
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

function refuseSession(caller: Caller, operation: string): void {
  if (!caller.accessKeyId.startsWith('ASIA')) return;
  throw new AwsError('AccessDenied', `Cannot call ${operation} with session credentials`, { status: 403 });
}
