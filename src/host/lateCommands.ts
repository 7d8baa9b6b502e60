import type { Command } from './commands.ts';

/** Commands whose code is loaded when the first of them is called: activation weighs only their names. */
export function lateCommands<Id extends string>(
  ids: readonly Id[],
  load: () => Promise<Readonly<Record<Id, Command>>>,
): Readonly<Record<Id, Command>> {
  let table: Promise<Readonly<Record<Id, Command>>> | undefined;
  const entries = ids.map((id): [Id, Command] => [
    id,
    async (...args) => {
      table ??= load();
      return (await table)[id](...args);
    },
  ]);
  // Made from the ids themselves.
  return Object.fromEntries(entries) as Record<Id, Command>;
}
