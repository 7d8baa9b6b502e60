// Asks again and again until there is an answer, for as long as it may take.
import { setTimeout as delay } from 'node:timers/promises';

export async function poll<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  limit = 30_000,
  pause = 100,
): Promise<T> {
  const end = Date.now() + limit;
  let reason = '';
  do {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      reason = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    await delay(pause);
  } while (Date.now() < end);
  throw new Error(`Waited ${limit / 1000} s for ${what}${reason}`);
}
