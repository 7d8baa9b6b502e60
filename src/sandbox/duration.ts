// Lengths of time as people write them: '30s', '5m', '2 hours', '1d', 'PT1H' is not one; a bare number is seconds.

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds; undefined where it is no length of time. */
export function parseDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value * 1000 : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const parts = [...value.trim().matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)\s*/gy)];
  if (parts.length === 0 || parts.map(([text]) => text).join('') !== value.trim()) return undefined;
  let total = 0;
  for (const [, number, unit] of parts) {
    const size = units[shortUnit(unit ?? '')];
    if (size === undefined) return undefined;
    total += Number(number) * size;
  }
  return total;
}

const shortUnit = (unit: string): string =>
  unit === ''
    ? 's'
    : unit === 'ms'
      ? unit
      : unit === 'min'
        ? 'm'
        : /^(second|minute|hour|day|week)s?$/.test(unit)
          ? unit.charAt(0)
          : unit;
