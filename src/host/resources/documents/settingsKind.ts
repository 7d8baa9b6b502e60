import type { Target } from '../../../aws/target.ts';
import type { JsonObject } from './json.ts';
import type { Rules } from './rules.ts';

export interface Settings {
  readonly editable: JsonObject;
  readonly readOnly: JsonObject;
}

/** How one kind of resource is read and changed. */
export interface SettingsKind {
  readonly rules: Rules;
  /** Undefined where there is no such resource. */
  read(target: Target, name: string): Promise<Settings | undefined>;
  /** One call for each group of members that one call can change; each call is given the new values of what was changed. */
  readonly groups: readonly SettingsGroup[];
}

export interface SettingsGroup {
  readonly members: readonly string[];
  write(target: Target, name: string, changes: JsonObject, before: Settings): Promise<unknown>;
}
