// What the tests of all labs share: one sandbox, every lab there is, and runs that can be killed at any line of their journal.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openTarget } from '../../src/aws/openTarget.ts';
import type { Target } from '../../src/aws/target.ts';
import { LabRun } from '../../src/lab/labRun.ts';
import type { Input, Lab } from '../../src/lab/model.ts';
import { readLab } from '../../src/lab/readLab.ts';
import type { SessionFiles } from '../../src/lab/runOptions.ts';
import { listSessions } from '../../src/lab/session.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';

/** Folders with a `lab.md`: those of the product, and a small one that goes through every kind of action. */
export const labFolders: readonly string[] = ['labs', 'test/fixtures/labs'].flatMap((parent) =>
  readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(parent, entry.name)).includes('lab.md'))
    .map((entry) => join(parent, entry.name)),
);

export async function labIn(folder: string): Promise<Lab> {
  const { lab, problems } = await readLab(readFileSync(join(folder, 'lab.md'), 'utf8'), { id: folder.split('/').at(-1) ?? '', folder });
  expect(problems).toEqual([]);
  if (!lab) throw new Error(`${folder} is no lab.`);
  return lab;
}

export const clock = {
  now: () => Date.now(),
  sleep: (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason)), { once: true });
    }),
};

/** Something for every input that has no default. */
function inputsFor(lab: Lab): Record<string, string> {
  const samples: Record<Input['type'], string> = { text: 'sample', email: 'learner@example.com', url: 'https://example.com', number: '1', choice: '', 'yes-no': 'yes', file: '' };
  const needed = lab.inputs.filter((input) => input.default === undefined && input.type !== 'file');
  return Object.fromEntries(needed.map((input) => [input.name, input.choices?.[0] ?? samples[input.type]]));
}

/** The process "dies" at a line: it is written whole or in half, and nothing is written or sent after. */
export class Killed extends Error {}

export interface Kill {
  readonly line: number;
  readonly written: 'whole' | 'half';
}

export class Bench {
  readonly sandbox: TestSandbox;
  readonly target: Target;
  readonly lab: Lab;
  readonly dataDir: string;
  before = '';

  private constructor(sandbox: TestSandbox, target: Target, lab: Lab, dataDir = mkdtempSync(join(tmpdir(), 'aws-labs-'))) {
    this.sandbox = sandbox;
    this.target = target;
    this.lab = lab;
    this.dataDir = dataDir;
  }

  /** Another lab at the same place, with the same sessions. */
  withLab(lab: Lab): Bench {
    return new Bench(this.sandbox, this.target, lab, this.dataDir);
  }

  settings() {
    return { clock, id: () => crypto.randomUUID().replaceAll('-', '').slice(0, 12) };
  }

  static async start(folder: string): Promise<Bench> {
    const lab = await labIn(folder);
    const sandbox = await startTestSandbox();
    const { endpoint, credentials, region } = sandbox;
    return new Bench(sandbox, await openTarget({ kind: 'sandbox', endpoint, credentials, region }, clock), lab);
  }

  async stop(): Promise<void> {
    this.target.dispose();
    await this.sandbox.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** An account in which others have something already, which must survive. */
  async fresh(): Promise<void> {
    rmSync(join(this.dataDir, 'sessions'), { recursive: true, force: true });
    await this.sandbox.admin('faults', undefined, 'DELETE');
    await this.sandbox.admin('reset', {});
    await this.target.send('sqs.CreateQueue', { QueueName: 'of-somebody-else' });
    this.before = await this.state();
  }

  async state(): Promise<string> {
    return JSON.stringify(await this.sandbox.admin('state'));
  }

  open(kill?: Kill): { run: Promise<LabRun>; signal: AbortSignal; lines(): number } {
    const death = new AbortController();
    let lines = 0;
    const files: SessionFiles = {
      pid: process.pid,
      // Whoever held the lock before is dead by the rules of this bench.
      isAlive: () => false,
      append(path, text) {
        if (death.signal.aborted) throw new Killed();
        const last = ++lines === kill?.line;
        appendFileSync(path, last && kill.written === 'half' ? text.slice(0, text.length / 2) : text);
        if (!last) return;
        death.abort(new Killed());
        throw new Killed();
      },
    };
    const { lab, target, dataDir } = this;
    const run = LabRun.open({ ...this.settings(), lab, target, dataDir, inputs: inputsFor(lab), files });
    return { run, signal: death.signal, lines: () => lines };
  }

  /** To the end, as a learner would: what fails is run once more. Gives how often that was needed. */
  async finish(run: LabRun, signal?: AbortSignal): Promise<number> {
    const options = { answers: 'sandbox' as const, ...(signal && { signal }) };
    for (let again = 0; ; again++) {
      const { ok, sentence } = await run.runAll(options);
      signal?.throwIfAborted();
      if (ok) return again;
      if (again === 2) throw new Error(`${sentence} ${JSON.stringify(run.snapshot().steps.filter(({ status }) => status === 'failed'), undefined, 1)}`);
    }
  }

  async cleanUp(run: LabRun, signal?: AbortSignal): Promise<void> {
    for (let again = 0; !run.snapshot().closed; again++) {
      const { sentence } = await run.teardown(signal ? { signal } : {});
      if (again === 2) throw new Error(sentence);
    }
  }

  async expectAsBefore(): Promise<void> {
    expect(await this.state()).toBe(this.before);
    expect(listSessions(this.dataDir).reduce((sum, { resources }) => sum + resources, 0)).toBe(0);
  }
}
