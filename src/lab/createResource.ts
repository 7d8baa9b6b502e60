// A create call that cannot be lost or doubled, whatever breaks on the way.
// In: an operation and its input. Out: its answer. First the journal says what will be made, then it is sent, then the journal says what came of it.
// Never: takes what is already there and is not ours, unless the learner says so.
import { AwsFailure } from '../aws/errors.ts';
import type { OperationName } from '../aws/operations.ts';
import { kinds, type KindName } from '../aws/resources/kinds.ts';
import type { Found, Look, ResourceKey, ResourceKind } from '../aws/resources/kind.ts';
import { adopt, ownerOf, passedOnTo } from './ownership.ts';
import { LabRefusal } from './refusal.ts';
import type { Confirmation } from './runOptions.ts';
import type { ResourceState } from './sessionState.ts';
import { mayHaveWorked, tagsOf, type StepContext } from './stepContext.ts';

export interface Created {
  readonly output: object;
  readonly note?: string;
}

const attempts = 4;
/** SQS keeps a name for a minute after its queue was deleted. */
const nameIsFreeAfter = 61_000;

/** `again`: the call is sent even where its resource was made before, because its error is the lesson. */
export async function createResource(
  context: StepContext,
  {
    operation,
    kind: kindName,
    again,
  }: { readonly operation: OperationName; readonly kind: KindName; readonly again: boolean },
  input: object,
): Promise<Created> {
  const kind = kinds[kindName];
  const tagged = kind.withTags(input, tagsOf(context));
  const key = kind.keyOf(operation, { ...tagged });
  if (!key)
    throw new LabRefusal('NoKey', `${operation} lacks what tells its ${kind.label} from others.`, 'Correct the lab.');
  const create = new Creation(context, operation, kind, key, tagged);
  return create.run(again);
}

class Creation {
  readonly #context: StepContext;
  readonly #operation: OperationName;
  readonly #kind: ResourceKind;
  readonly #key: ResourceKey;
  readonly #input: object;
  readonly #look: Look;

  constructor(context: StepContext, operation: OperationName, kind: ResourceKind, key: ResourceKey, input: object) {
    this.#context = context;
    this.#operation = operation;
    this.#kind = kind;
    this.#key = key;
    this.#input = input;
    this.#look = { target: context.target, signal: context.signal };
  }

  async run(again: boolean): Promise<Created> {
    const { session, target, signal } = this.#context;
    const found = await this.#kind.find(this.#look, this.#key);
    const there = found ?? (await this.#kind.namesake?.(this.#look, this.#key));
    const known = (key: ResourceKey) => session.state.find(this.#kind.kind, key);
    const ours = (found && known(this.#key)) ?? (there && known(there.key));
    if (there && (await this.#isOurs(there, ours)))
      return again
        ? { output: await target.sendAny(this.#operation, this.#input, { signal }) }
        : this.#reuse(there, ours);
    const lost = found ? undefined : known(this.#key);
    if (lost) session.record({ t: 'removed', n: lost.n });
    if (there) return this.#adopt(there);
    return this.#make(this.#intend());
  }

  #intend(): number {
    const { session, stepId } = this.#context;
    const n = session.state.nextNumber;
    session.record({
      t: 'intent',
      n,
      step: stepId,
      kind: this.#kind.kind,
      key: this.#key,
      name: this.#kind.nameOf(this.#key),
    });
    return n;
  }

  /** The journal says so; or, where it is in doubt or lost a line, the resource's own tag does. */
  async #isOurs(there: Found, ours: ResourceState | undefined): Promise<boolean> {
    const { session } = this.#context;
    if (ours?.state === 'alive') {
      const to = await passedOnTo(this.#context, ours, there);
      if (to) session.record({ t: 'passed-on', n: ours.n, to });
      return to === undefined;
    }
    if (!this.#kind.taggable) return ours !== undefined;
    return (await ownerOf(this.#look, there))?.session === session.id;
  }

  async #reuse(there: Found, ours: ResourceState | undefined): Promise<Created> {
    const n = ours?.n ?? this.#intend();
    const what = `The ${this.#kind.label} ${there.name}`;
    return {
      output: await this.#settle(n, there),
      note: ours?.from
        ? `${what} is taken over from the lab ${ours.from.lab}.`
        : `${what} was made before and is still there.`,
    };
  }

  /** What is there is taken as the call's outcome; where only the call can tell its answer, it is sent again: to do so is harmless. */
  async #settle(n: number, there: Found): Promise<object> {
    const { target, signal } = this.#context;
    const output = there.output ?? (await target.sendAny(this.#operation, this.#input, { signal }));
    this.#made(n, output, there);
    return output;
  }

  #made(n: number, output: object, there?: Found): void {
    const made = this.#kind.made?.(output);
    const arn = there?.arn ?? made?.arn ?? firstArn(output);
    const ref = there?.output ? there.ref : (made?.ref ?? firstText(output));
    const key = there?.key ?? made?.key;
    const more = { ...(arn !== undefined && { arn }), ...(key && { key }) };
    this.#context.session.record({ t: 'made', n, ref, ...more, output });
  }

  async #adopt(there: Found): Promise<Created> {
    const { label } = this.#kind;
    const owner = await ownerOf(this.#look, there);
    const whose = owner ? ` (the lab ${owner.lab} did, session ${owner.session})` : '';
    const said = `There is already a ${label} ${there.name}, and this session did not make it${whose}.`;
    if ((await this.#context.options.confirm?.(this.#existsQuestion(there, said))) !== 'adopt')
      throw new LabRefusal(
        'AlreadyExists',
        said,
        'Adopt it (cleaning up will then remove it), give the lab another name, or remove it yourself.',
      );
    const { target, signal } = this.#context;
    const output = there.output ?? (await target.sendAny(this.#operation, this.#input, { signal }));
    await adopt(this.#context, [{ resource: there, owner }]);
    return { output, note: `The ${label} ${there.name} was there already and is adopted.` };
  }

  #existsQuestion({ name, arn }: Found, said: string): Confirmation {
    return {
      kind: 'exists',
      stepId: this.#context.stepId,
      text: `${said} If it is adopted, the lab uses it, and cleaning up removes it.`,
      resources: [{ kind: this.#kind.kind, name, ...(arn !== undefined && { arn }) }],
      choices: [
        { id: 'adopt', label: 'Adopt it' },
        { id: 'no', label: 'Leave it alone' },
      ],
    };
  }

  async #make(n: number): Promise<Created> {
    for (let attempt = 1; ; attempt++) {
      const failure = await this.#send(n);
      if (!(failure instanceof AwsFailure)) return failure;
      if (failure.code.includes('QueueDeletedRecently') && attempt < attempts) {
        await this.#waitForName(failure);
        continue;
      }
      if (!mayHaveWorked(failure)) {
        this.#context.session.record({ t: 'not-made', n, code: failure.code });
        throw failure;
      }
      const there = await this.#kind.find(this.#look, this.#key);
      if (there)
        return {
          output: await this.#settle(n, there),
          note: `The answer was lost (${failure.code}); the ${this.#kind.label} was looked up and is there.`,
        };
      if (attempt >= attempts) throw failure;
      await this.#context.clock.sleep(
        this.#context.target.kind === 'sandbox' ? 5 : 500 * 2 ** attempt,
        this.#context.signal,
      );
    }
  }

  async #send(n: number): Promise<Created | AwsFailure> {
    const { target, signal } = this.#context;
    try {
      const output = await target.sendAny(this.#operation, this.#input, { signal });
      this.#made(n, output);
      return { output };
    } catch (error) {
      if (error instanceof AwsFailure) return error;
      throw error;
    }
  }

  async #waitForName(failure: AwsFailure): Promise<void> {
    this.#context.note(`${failure.what} Waiting a minute, then trying again.`);
    await this.#context.target.wait(nameIsFreeAfter, this.#context.signal);
  }
}

function firstText(output: object): string {
  return Object.values(output).find((value) => typeof value === 'string') ?? '';
}

function firstArn(output: object): string | undefined {
  return Object.values(output).find((value) => typeof value === 'string' && value.startsWith('arn:'));
}
