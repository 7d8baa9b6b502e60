// Takes away what signing in was made with: SAML providers, roles, user pools, and all that one command made at once.
import { removeMade } from '../../../aws/actions/cognitoSignIn.ts';
import type { Found } from '../../../aws/resources/kind.ts';
import { isKind, kinds } from '../../../aws/resources/kinds.ts';
import type { Target } from '../../../aws/target.ts';
import { Refusal } from '../../explain.ts';
import { pinned, withCancel } from '../../resources/actions/actionRim.ts';
import { Answers, say } from '../../resources/actions/answers.ts';
import { confirmLoss } from '../../resources/actions/confirmLoss.ts';
import { sameStill } from '../../resources/actions/sameStill.ts';
import { pickAim } from '../../resources/pickAim.ts';
import { poolIdOf } from './poolWish.ts';
import type { SignInRim } from './signInRim.ts';

/** `which`: `{ made: [...] }` as a command answered, or `{ kind: 'samlProvider', name }`. Answers whether it is gone. */
export async function deleteSignIn(rim: SignInRim, which: unknown, second: unknown): Promise<boolean | undefined> {
  const target = await rim.targets.open();
  const answers = new Answers(which, second);
  const asked = await askedFor(target, which);
  if (asked === undefined) return undefined;
  const founds: Found[] = [];
  for (const each of asked) {
    const there = await sameStill({ target }, each);
    if (there) founds.push(there);
  }
  const [first] = founds;
  if (first === undefined) {
    say('It is no longer there: somebody deleted it meanwhile.');
    return true;
  }
  const others = founds.slice(1).map(named).join(', ');
  const sentences = [
    ...(others === '' ? [] : [`With it: ${others}.`]),
    ...(await Promise.all(founds.map((found) => goesWith(target, found, founds)))),
  ];
  const loss = {
    name: first.name,
    question: `Delete the ${named(first)}${others === '' ? '' : ' and what was made with it'}?`,
    detail: sentences.filter(Boolean).join(' '),
    yes: 'Delete',
  };
  if (!(await confirmLoss(target, answers, loss))) return false;
  const left = await withCancel(`Deleting ${first.name}`, (signal) => removeMade({ target, signal }, founds));
  const [stays] = left;
  if (stays) throw new Refusal({ what: `The ${named(stays.found)} stays.`, advice: stays.why });
  say(`Deleted: ${founds.map(named).join(', ')}.`);
  return true;
}

const named = ({ kind, name }: Found): string => `${kinds[kind].label} ${name}`;

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

async function askedFor(target: Target, which: unknown): Promise<readonly Found[] | undefined> {
  const { made, kind, name } = record(which);
  if (Array.isArray(made)) return made.filter(isFound);
  if (typeof kind === 'string' && typeof name === 'string') return [await find(target, kind, name)];
  const aim = await pickAim(pinned(target), ['samlProvider', 'role', 'userPool'], 'Delete');
  return aim?.kind === 'resource' ? [aim.found] : undefined;
}

/** What a command was called with may come from anywhere; whether it is there and the same is looked up before anything is done. */
function isFound(value: unknown): value is Found {
  const { kind, key, name, ref } = record(value);
  return [kind, name, ref].every((each) => typeof each === 'string') && typeof key === 'object' && isKind(String(kind));
}

async function find(target: Target, kind: string, name: string): Promise<Found> {
  if (kind !== 'samlProvider' && kind !== 'role' && kind !== 'userPool')
    throw new Refusal({ what: 'This is for a SAML provider, a role or a user pool.' });
  const key = kind === 'userPool' ? { id: await poolIdOf(target, name) } : { name };
  const found = await kinds[kind].find({ target }, key);
  if (found) return found;
  throw new Refusal({ what: `There is no ${kinds[kind].label} ${name} here.`, advice: 'Is the target the right one?' });
}

/** In a sentence. What cannot be counted is no reason not to ask; what is named itself is not counted. */
async function goesWith(target: Target, found: Found, all: readonly Found[]): Promise<string> {
  if (found.kind === 'samlProvider') return 'Roles that trust it stay, and nobody can take them through it any more.';
  const contents = await kinds[found.kind].contents({ target }, found).catch(() => undefined);
  if (contents === undefined) return `What hangs on ${found.name} could not be counted.`;
  const alone = all.length === 1;
  const counted = contents.filter(({ what }) => alone || /^users?$/.test(what));
  const words = counted.map(({ what, count }) => `${count.toLocaleString('en')} ${what}`).join(', ');
  return words === '' ? '' : `What goes with it: ${words}.`;
}
