import type { PolicyProblem } from './policy.ts';

export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };
export type Path = readonly (string | number)[];

export const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Collects what is wrong while a policy is read, so that one bad statement does not hide the next. */
export class Problems {
  readonly found: PolicyProblem[] = [];

  add(path: Path, message: string): undefined {
    this.found.push({ path, message });
  }
}
