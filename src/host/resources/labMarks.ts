// Which lab made what: from the journals of this target's unfinished sessions. Reads the disk, and only when it is told to.
import { join } from 'node:path';
import type { Found } from '../../aws/resources/kind.ts';
import type { TargetFacts } from '../../aws/target.ts';
import { detailKey } from './detail.ts';

export interface MarksOptions {
  dataDir(): string;
  /** The title of a lab by its id. */
  titleOf(lab: string): Promise<string | undefined>;
}

export class LabMarks {
  readonly #options: MarksOptions;
  #titles: ReadonlyMap<string, string> = new Map();

  constructor(options: MarksOptions) {
    this.#options = options;
  }

  readonly of = (found: Found): string | undefined =>
    this.#titles.get(detailKey(found)) ?? this.#titles.get(byName(found.kind, found.name));

  async read(facts: TargetFacts): Promise<void> {
    const { listSessions, sameTarget } = await import('../../lab/session.ts');
    const { readJournal } = await import('../../lab/journal.ts');
    const { SessionState } = await import('../../lab/sessionState.ts');
    const dataDir = this.#options.dataDir();
    const titles = new Map<string, string>();
    for (const { id, lab, closed, target } of listSessions(dataDir)) {
      if (closed || !sameTarget(target, facts)) continue;
      const title = (await this.#options.titleOf(lab)) ?? lab;
      const state = new SessionState();
      for (const entry of readJournal(join(dataDir, 'sessions', `${id}.jsonl`)).entries) state.fold(entry);
      for (const { kind, name, arn } of state.living()) titles.set(arn ?? byName(kind, name), title);
    }
    this.#titles = titles;
  }

  clear(): void {
    this.#titles = new Map();
  }
}

const byName = (kind: string, name: string): string => `${kind}:${name}`;
