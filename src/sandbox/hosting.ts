// The services of one sandbox: loaded when first used, restored from what was saved, emptied together.
import type { Ports } from './ports.ts';
import type { Service, World } from './service.ts';
import type { ServiceDescription } from './wire/description.ts';
import { createModel, type Model } from './wire/model.ts';
import type { Protocol } from './wire/protocol.ts';
import { protocolsOf } from './wire/protocolsOf.ts';

/** A service with its wire, ready. */
export interface Hosted {
  readonly description: ServiceDescription;
  readonly model: Model;
  readonly service: Service | undefined;
  readonly protocol: Protocol;
  /** The older query protocol, where the service answers it too. */
  readonly query: Protocol | undefined;
}

export interface Hosting {
  readonly descriptions: readonly ServiceDescription[];
  /** Undefined while it is not loaded. */
  ready(name: string): Hosted | undefined;
  load(name: string): Promise<Hosted | undefined>;
  services(): readonly Service[];
  /** Saved data by service, of loaded and not yet loaded ones. */
  snapshot(): Record<string, unknown>;
  restore(saved: Readonly<Record<string, unknown>>): void;
  /** Loads every service that has saved data waiting. */
  loadSaved(): Promise<void>;
  reset(): void;
}

export function createHosting(descriptions: readonly ServiceDescription[], world: () => World): Hosting {
  const hosted = new Map<string, Hosted>();
  const loading = new Map<string, Promise<Hosted | undefined>>();
  const saved = new Map<string, unknown>();

  const bring = async (description: ServiceDescription): Promise<Hosted> => {
    const [schemas, create] = await Promise.all([description.schemas(), description.create?.()]);
    const model = createModel(description, schemas);
    const protocols = await protocolsOf(
      description,
      () => world().endpoint(),
      () => model,
    );
    const service = create?.(world());
    if (service && saved.has(description.name)) service.restore(saved.get(description.name));
    saved.delete(description.name);
    const made: Hosted = { description, model, service, ...protocols };
    hosted.set(description.name, made);
    return made;
  };
  const load = (name: string): Promise<Hosted | undefined> => {
    const known = loading.get(name);
    if (known) return known;
    const description = descriptions.find((one) => one.name === name);
    if (!description) return Promise.resolve(undefined);
    const brought = bring(description);
    loading.set(name, brought);
    return brought;
  };
  const services = (): Service[] => [...hosted.values()].flatMap(({ service }) => service ?? []);

  return {
    descriptions,
    ready: (name) => hosted.get(name),
    load,
    services,
    snapshot: () => ({
      ...Object.fromEntries(saved),
      ...Object.fromEntries(services().map((service) => [service.name, service.snapshot()])),
    }),
    restore(data) {
      for (const [name, value] of Object.entries(data)) saved.set(name, value);
    },
    async loadSaved() {
      await Promise.all([...saved.keys()].map(load));
    },
    reset() {
      saved.clear();
      for (const service of services()) service.reset();
    },
  };
}

/** What a service offers to the others. */
export async function portOf<Name extends keyof Ports>(hosting: Hosting, name: Name): Promise<Ports[Name]> {
  const port = (await hosting.load(name))?.service?.port;
  if (!port) throw new Error(`The sandbox has no service ${name} with a port.`);
  // The one place where a port's type is taken on trust: the table in ports.ts names what each service offers.
  return port as Ports[Name];
}
