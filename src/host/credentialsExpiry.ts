/** What is said of when credentials end, and how urgent it is. */
export interface Expiry {
  readonly text: string;
  readonly level: 'calm' | 'soon' | 'over';
  /** After so many milliseconds the text is another. */
  readonly next?: number;
}

const minute = 60_000;
const hour = 60 * minute;

export function sayExpiry(expires: Date | 'unknown' | undefined, now: number): Expiry | undefined {
  if (expires === undefined) return undefined;
  if (expires === 'unknown') return { text: 'expires unknown', level: 'calm' };
  const left = expires.getTime() - now;
  if (left <= 0) return { text: 'expired', level: 'over' };
  const level = left < 5 * minute ? 'soon' : 'calm';
  if (left < minute) return { text: 'expires in less than 1 min', level, next: left };
  if (left < 2 * hour) {
    const minutes = Math.floor(left / minute);
    return { text: `expires in ${minutes} min`, level, next: Math.max(minute, left - minutes * minute + 1) };
  }
  const hours = Math.floor(left / hour);
  return { text: `expires in ${hours} h`, level, next: Math.max(minute, left - hours * hour + 1) };
}
