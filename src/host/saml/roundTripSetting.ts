// One sandbox with what a round trip needs of it: its identity provider, what is set up, and the metadata that IAM and Cognito have.
import type { IdentityProvider, IdentityProviderFacts } from '../../aws/identityProvider.ts';
import type { Look } from '../../aws/resources/kind.ts';
import type { Target } from '../../aws/target.ts';
import { Refusal } from '../explain.ts';
import {
  bringUpToDate,
  findThings,
  knownMetadata,
  makeThings,
  removeThings,
  updateMetadata,
  type ThingKind,
  type Things,
} from './roundTripThings.ts';
import type { Way } from './roundTripTravel.ts';

type Told = (kind: ThingKind) => void;

export class RoundTripSetting implements Way {
  readonly target: Target;
  readonly #provider: IdentityProvider;
  #facts: IdentityProviderFacts;
  #things: Things = {};
  #removed = false;
  #known: readonly string[] = [];

  private constructor(target: Target, provider: IdentityProvider, facts: IdentityProviderFacts) {
    this.target = target;
    this.#provider = provider;
    this.#facts = facts;
  }

  static async open(target: Target): Promise<RoundTripSetting> {
    const { identityProvider } = target;
    if (!identityProvider)
      throw new Refusal({ what: 'The round trip is for the sandbox only.', advice: 'Switch to it first.' });
    const setting = new RoundTripSetting(target, identityProvider, await identityProvider.describe());
    await setting.read();
    await bringUpToDate(target, setting.facts, setting.things);
    return setting;
  }

  get facts(): IdentityProviderFacts {
    return this.#facts;
  }

  get things(): Things {
    return this.#things;
  }

  /** All was removed, and looked for again. */
  get removed(): boolean {
    return this.#removed;
  }

  /** What IAM has, or Cognito. */
  get metadata(): string {
    return this.#known[0] ?? '';
  }

  /** Somebody still has metadata without the key that signs now. */
  get stale(): boolean {
    const { current } = this.#facts.certificates;
    return this.#known.some((text) => !text.replaceAll(/\s/g, '').includes(current));
  }

  /** What is there now; somebody else may have changed it. */
  async read(): Promise<void> {
    this.#facts = await this.#provider.describe();
    this.#things = await findThings(this.#look);
    this.#known = await knownMetadata(this.#look, this.#things);
  }

  async setUp(told: Told): Promise<void> {
    const making = { metadata: await this.#provider.metadata(), appUrl: this.#facts.appUrl };
    this.#removed = false;
    await makeThings(this.#look, making, told);
    await this.read();
  }

  /** Whether nothing is left. */
  async remove(told: Told): Promise<boolean> {
    const left = await removeThings(this.#look, told);
    await this.read();
    this.#removed = Object.keys(left).length === 0;
    return this.#removed;
  }

  async breakWith(id: string | undefined): Promise<void> {
    await this.#provider.breakWith(id);
    this.#facts = await this.#provider.describe();
  }

  /** Without announcing it, as it happens in real life. */
  async rollOver(): Promise<void> {
    await this.#provider.rollover('switch');
    await this.read();
  }

  async update(): Promise<void> {
    await updateMetadata(this.#look, await this.#provider.metadata(), this.#things);
    await this.read();
  }

  get #look(): Look {
    return { target: this.target };
  }
}
