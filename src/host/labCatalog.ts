import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Lab, Problem } from '../lab/model.ts';
import { inReadingOrder } from '../lab/readingOrder.ts';
import { Changes } from './changes.ts';
import { logged, type Log } from './log.ts';

/** One lab's file, and what reading it gave. */
export interface LabEntry {
  /** Unique in this window: the folder's name, with a mark for those of the workspace. */
  readonly id: string;
  readonly labId: string;
  readonly file: string;
  readonly origin: 'bundled' | 'workspace';
  readonly title: string;
  readonly lab?: Lab;
  readonly problems: readonly Problem[];
  /** Held against the SDK's schemas too, which is needed before anything runs. */
  readonly thorough: boolean;
}

export interface CatalogOptions {
  readonly bundled: string;
  /** Lab files of the workspace; also listed while it is not trusted, but marked and never run. */
  workspaceFiles(): Promise<readonly string[]>;
  readonly log: Log;
}

/** The labs there are. Finds and reads text; never runs any of it. */
export class LabCatalog {
  /** What was read is no longer so: list again. */
  readonly changes = new Changes();
  /** Something was read. */
  readonly listed = new Changes();
  readonly #options: CatalogOptions;
  readonly #entries = new Map<string, LabEntry>();
  #listing: Promise<readonly LabEntry[]> | undefined;

  constructor(options: CatalogOptions) {
    this.#options = options;
  }

  /** Read once and kept until `refresh`. */
  list(): Promise<readonly LabEntry[]> {
    this.#listing ??= this.#list().catch((error: unknown) => {
      this.#listing = undefined;
      throw error;
    });
    return this.#listing;
  }

  get(id: string): LabEntry | undefined {
    return this.#entries.get(id);
  }

  byFile(file: string): LabEntry | undefined {
    return [...this.#entries.values()].find((entry) => entry.file === file);
  }

  refresh(): void {
    this.#listing = undefined;
    this.changes.fire();
  }

  /** The same lab read again, and held against the SDK's schemas. */
  async readThoroughly(id: string): Promise<LabEntry | undefined> {
    await this.list();
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.thorough) return entry;
    const thorough = this.#keep(await read(entry, true));
    this.listed.fire();
    return thorough;
  }

  async #list(): Promise<readonly LabEntry[]> {
    const bundled = await this.#bundledFiles();
    const real = new Set(await Promise.all(bundled.map((file) => realpath(file))));
    const own = await this.#options.workspaceFiles();
    const others = (await Promise.all(own.map((file) => isAnother(file, real)))).flat();
    const found = [
      ...bundled.map((file) => describe(file, 'bundled' as const)),
      ...others.map((file) => describe(file, 'workspace' as const)),
    ];
    const unordered = await Promise.all(found.map((entry) => read(entry, false)));
    const entries = inReadingOrder(unordered, ({ labId, lab }) => ({ id: labId, buildsOn: lab?.buildsOn }));
    this.#entries.clear();
    for (const entry of entries) this.#keep(entry);
    setImmediate(() => this.listed.fire());
    return [...this.#entries.values()];
  }

  async #bundledFiles(): Promise<readonly string[]> {
    const folders = await readdir(this.#options.bundled).catch((error: unknown) => {
      this.#options.log.error(logged(error));
      return [];
    });
    const files = folders.sort().map((folder) => join(this.#options.bundled, folder, 'lab.md'));
    const there = await Promise.all(
      files.map((file) =>
        stat(file)
          .then(() => [file])
          .catch(() => []),
      ),
    );
    return there.flat();
  }

  #keep(entry: LabEntry): LabEntry {
    const twin = this.#entries.get(entry.id);
    const kept = twin && twin.file !== entry.file ? { ...entry, id: `${entry.id}-2` } : entry;
    this.#entries.set(kept.id, kept);
    return kept;
  }
}

/** Only ordinary files are read: a pipe would never end. One that has just gone is no lab. */
async function isAnother(file: string, bundled: ReadonlySet<string>): Promise<readonly string[]> {
  try {
    return (await stat(file)).isFile() && !bundled.has(await realpath(file)) ? [file] : [];
  } catch {
    return [];
  }
}

type Found = Pick<LabEntry, 'id' | 'labId' | 'file' | 'origin'>;

function describe(file: string, origin: LabEntry['origin']): Found {
  const labId = basename(dirname(file));
  return { id: origin === 'bundled' ? labId : `workspace/${labId.replaceAll(/[^\w.-]/g, '-')}`, labId, file, origin };
}

async function read(found: Found, thorough: boolean): Promise<LabEntry> {
  const { id, labId, file, origin } = found;
  const text = await textOf(file);
  if (typeof text !== 'string') return { id, labId, file, origin, problems: [text], thorough, title: labId };
  const { lab, problems } = thorough
    ? await (await import('../lab/readLab.ts')).readLab(text, { id: labId, folder: dirname(file) })
    : (await import('../lab/parse.ts')).parseLab(text, { id: labId });
  return {
    id,
    labId,
    file,
    origin,
    problems,
    thorough,
    title: lab?.title ?? titleIn(text) ?? labId,
    ...(lab && { lab }),
  };
}

const longestFile = 1_000_000;

/** One file that cannot be read spoils no other: it is a lab with a problem. */
async function textOf(file: string): Promise<string | Problem> {
  const start = { line: 1, column: 1, offset: 0 };
  const problem = (message: string): Problem => ({ range: { start, end: start }, severity: 'error', message });
  try {
    if ((await stat(file)).size > longestFile) return problem('This file is too long to be a lab; it was not read.');
    return await readFile(file, 'utf8');
  } catch (error) {
    return problem(`This lab could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A lab that cannot be read still has a name where its text shows one. */
function titleIn(text: string): string | undefined {
  return /^title:[ \t]*["']?(.+?)["']?[ \t]*$/m.exec(text)?.[1];
}
