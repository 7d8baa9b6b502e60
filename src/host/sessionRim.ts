import type { Target } from '../aws/target.ts';
import type { LabRunContract } from '../lab/labRun.ts';
import type { Confirmation, OpenOptions } from '../lab/runOptions.ts';
import type { Notice } from '../protocol/message.ts';
import type { LabEntry } from './labCatalog.ts';

/** What a session needs of the world. The editor's dialogs, the clock and the engine come in here. */
export interface SessionRim {
  entry(): Promise<LabEntry>;
  trusted(): boolean;
  openTarget(): Promise<Target>;
  isReal(): boolean;
  /** The engine, loaded on first use. A session that another window has is asked for. */
  openRun(options: OpenOptions): Promise<LabRunContract>;
  /** Tells each time another window asks for this session, until the returned function is called. */
  whenAskedFor(session: () => string | undefined, asked: () => void): () => void;
  /** The newest unfinished session of this lab on this target, if there is one. */
  findUnfinished(entry: LabEntry, target: Target): Promise<string | undefined>;
  readonly settings: () => Pick<OpenOptions, 'dataDir' | 'clock' | 'id'>;
  confirm(question: Confirmation): Promise<string | undefined>;
  sure(question: string, yes: string): Promise<boolean>;
  explain(error: unknown): Notice;
}
