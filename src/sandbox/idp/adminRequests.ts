// The provider's switches under /_sandbox/idp/: for the editor, the command line and tests.
import { breaks, findBreak } from './breaks.ts';
import { address, entityID, keyOf, metadataOf, rollOver, type RolloverStep } from './keys.ts';
import { firstUsers, parseUsers } from './users.ts';
import type { Idp } from './state.ts';

type Body = Readonly<Record<string, unknown>>;
type Act = (idp: Idp, body: Body, rest: readonly string[]) => unknown;

const acts: Readonly<Record<string, Act>> = {
  'GET ': facts,
  'GET hops': ({ hops }, _body, [after]) => ({ hops: hops.after(Number(after ?? 0) || 0) }),
  'DELETE hops': ({ hops }) => {
    hops.clear();
    return { hops: [] };
  },
  'GET metadata': async (idp) => ({ metadata: await metadataOf(idp) }),
  'POST break': (idp, { break: id }) => {
    const found = findBreak(id);
    if (!found && id !== null && id !== undefined && id !== '')
      return { error: `There is no break ${String(id)}. There is: ${breaks.map((one) => one.id).join(', ')}.` };
    idp.state.broken = found?.id;
    idp.world.changed();
    return { break: found?.id ?? null };
  },
  'POST rollover': (idp, { step = 'switch' }) => {
    if (!isStep(step)) return { error: 'step is announce, switch or retire.' };
    rollOver(idp, step);
    return facts(idp);
  },
  'POST users': (idp, { users }) => {
    const read = users === null ? firstUsers : parseUsers(users);
    if (typeof read === 'string') return { error: read };
    idp.state.users = read;
    idp.world.changed();
    return { users: read };
  },
};

const isStep = (step: unknown): step is RolloverStep => step === 'announce' || step === 'switch' || step === 'retire';

function facts(idp: Idp): object {
  const { state } = idp;
  return {
    address: address(idp),
    entityID,
    metadataUrl: `${address(idp)}/metadata`,
    startUrl: `${address(idp)}/start?service=aws`,
    signInUrl: `${address(idp, 'signin')}/saml`,
    appUrl: address(idp, 'sample-app'),
    users: state.users,
    break: state.broken ?? null,
    breaks: breaks.map(({ id, title, what, expects }) => ({ id, title, what, expects })),
    certificates: {
      current: keyOf(idp).certificate,
      next: state.next?.certificate ?? null,
      old: state.old?.certificate ?? null,
    },
  };
}

/** Undefined: there is no such thing. */
export const adminRequest = (idp: Idp, method: string, [name = '', ...rest]: readonly string[], body: Body): unknown =>
  acts[`${method} ${name}`]?.(idp, body, rest);
