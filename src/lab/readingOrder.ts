// The order in which a learner should meet labs. In: labs in any order. Out: the same, each behind the one that it builds on; else as they were.

interface Placed {
  readonly id: string;
  readonly buildsOn?: string | undefined;
}

export function inReadingOrder<T>(labs: readonly T[], place: (lab: T) => Placed): readonly T[] {
  const waiting = new Set(labs);
  const ordered: T[] = [];
  const take = (lab: T) => {
    // Taken off first, so that labs that build on each other in a circle are each taken once.
    if (!waiting.delete(lab)) return;
    const { buildsOn } = place(lab);
    for (const base of labs) if (place(base).id === buildsOn) take(base);
    ordered.push(lab);
  };
  for (const lab of labs) take(lab);
  return ordered;
}
