// What the page itself remembers: which message is looked at in each trip, what is chosen, and which part is folded.
import type { TripName, TripStart } from '../../src/protocol/roundTrip.ts';

export interface PageState {
  readonly trip: string | undefined;
  readonly user: string | undefined;
  selected(trip: TripName): string | undefined;
  /** Undefined: what is newest. */
  select(trip: TripName, line: string | undefined): void;
  start(trip: TripName): TripStart | undefined;
  begin(trip: TripName, start: TripStart): void;
  /** Open unless told, or the other way round. */
  isOpen(id: string, otherwise: boolean): boolean;
  setOpen(id: string, open: boolean): void;
  remember(
    request: { readonly kind: 'trip'; readonly trip: string } | { readonly kind: 'user'; readonly user: string },
  ): void;
}

interface Saved {
  readonly trip?: string;
  readonly user?: string;
  readonly lines: Readonly<Record<string, string>>;
  readonly starts: Readonly<Record<string, string>>;
  readonly folds: Readonly<Record<string, boolean>>;
}

export function pageState(given: unknown, save: (saved: Saved) => void): PageState {
  let saved = parse(given);
  const keep = (change: Partial<Saved>) => {
    saved = { ...saved, ...change };
    save(saved);
  };
  return {
    get trip() {
      return saved.trip;
    },
    get user() {
      return saved.user;
    },
    selected: (trip) => saved.lines[trip],
    select: (trip, line) => {
      const { [trip]: _before, ...lines } = saved.lines;
      keep({ lines: line === undefined ? lines : { ...lines, [trip]: line } });
    },
    start: (trip) => {
      const start = saved.starts[trip];
      return start === 'service' || start === 'provider' ? start : undefined;
    },
    begin: (trip, start) => keep({ starts: { ...saved.starts, [trip]: start } }),
    isOpen: (id, otherwise) => saved.folds[id] ?? otherwise,
    setOpen: (id, open) => keep({ folds: { ...saved.folds, [id]: open } }),
    remember: (request) => keep(request.kind === 'trip' ? { trip: request.trip } : { user: request.user }),
  };
}

function parse(given: unknown): Saved {
  const { trip, user, lines, starts, folds } = record(given);
  const isText = (value: unknown) => typeof value === 'string';
  return {
    ...(typeof trip === 'string' && { trip }),
    ...(typeof user === 'string' && { user }),
    lines: only<string>(lines, isText),
    starts: only<string>(starts, isText),
    folds: only<boolean>(folds, (value) => typeof value === 'boolean'),
  };
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const only = <Value>(value: unknown, fits: (one: unknown) => boolean): Record<string, Value> =>
  // Each value was held to its form.
  Object.fromEntries(Object.entries(record(value)).filter(([, one]) => fits(one))) as Record<string, Value>;
