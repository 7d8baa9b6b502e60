// One thread for long files: started when the first comes, ended when none has come for a while or when one takes too long.
import { Worker } from 'node:worker_threads';
import type { Formatted } from './formatXml.ts';
import { unpackJudged, type PackedJudged } from './packedJudged.ts';
import type { FormatWork, Judged, JudgeWork } from './samlWork.ts';

type Work = JudgeWork | FormatWork;
/** Why there is no result: it took too long, or more memory than the thread has. */
export type Failure = 'late' | 'died';
type Result = PackedJudged | Formatted | Failure | undefined;

interface Job {
  readonly work: Work;
  /** undefined: a newer one has taken its place, or nobody waits any more. */
  readonly done: (result: Result) => void;
}

export interface ThreadLimits {
  readonly idleMs: number;
  readonly longestMs: number;
}

export class OtherThread {
  readonly #script: string;
  readonly #limits: ThreadLimits;
  readonly #waiting = new Map<string, Job>();
  #worker: Worker | undefined;
  #running: Job | undefined;
  #timer: NodeJS.Timeout | undefined;
  #id = 0;

  constructor(script: string, limits: ThreadLimits = { idleMs: 30_000, longestMs: 20_000 }) {
    this.#script = script;
    this.#limits = limits;
  }

  get alive(): boolean {
    return this.#worker !== undefined;
  }

  async judge(document: string, work: Omit<JudgeWork, 'kind'>): Promise<Judged | Failure | undefined> {
    const result = await this.#put(`judge ${document}`, { kind: 'judge', ...work });
    if (typeof result !== 'object') return result;
    return 'findings' in result ? unpackJudged(result) : undefined;
  }

  async format(document: string, text: string): Promise<Formatted | Failure | undefined> {
    const result = await this.#put(`format ${document}`, { kind: 'format', text });
    if (typeof result !== 'object') return result;
    return 'pieces' in result ? result : undefined;
  }

  dispose(): void {
    this.#end();
  }

  /** Of one document only the newest waits. */
  #put(key: string, work: Work): Promise<Result> {
    return new Promise((done) => {
      this.#waiting.get(key)?.done(undefined);
      this.#waiting.delete(key);
      this.#waiting.set(key, { work, done });
      this.#next();
    });
  }

  #next(): void {
    if (this.#running) return;
    clearTimeout(this.#timer);
    const [first] = this.#waiting;
    if (!first) {
      this.#timer = setTimeout(() => this.#end(), this.#limits.idleMs).unref();
      return;
    }
    const [key, job] = first;
    this.#waiting.delete(key);
    this.#running = job;
    this.#timer = setTimeout(() => this.#end('late'), this.#limits.longestMs).unref();
    this.#worker ??= this.#start();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's channel, not a window's
    this.#worker.postMessage({ id: ++this.#id, work: job.work });
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 1024 } });
    worker.unref();
    worker.on('message', ({ id, result }: { readonly id: number; readonly result: Result }) => {
      if (id !== this.#id || !this.#running) return;
      const { done } = this.#running;
      this.#running = undefined;
      done(result);
      this.#next();
    });
    // Both follow one upon the other; a thread that ended takes its job with it.
    worker.on('error', () => this.#worker === worker && this.#end('died'));
    worker.on('exit', () => this.#worker === worker && this.#end('died'));
    return worker;
  }

  #end(why?: Failure): void {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    this.#running?.done(why);
    this.#running = undefined;
    void worker?.terminate();
    if (this.#waiting.size > 0) this.#next();
  }
}
