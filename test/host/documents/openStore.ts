// A store of documents on a sandbox of its own, with a clock that is moved by hand.
import { openTarget } from '../../../src/aws/openTarget.ts';
import type { Target } from '../../../src/aws/target.ts';
import type { SettledKind } from '../../../src/host/resources/documents/address.ts';
import { DocumentStore } from '../../../src/host/resources/documents/documentStore.ts';
import { clock } from '../../labs/bench.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';

export class StoreBench {
  readonly sandbox: TestSandbox;
  readonly target: Target;
  readonly store: DocumentStore;
  now = Date.now();

  private constructor(sandbox: TestSandbox, target: Target) {
    this.sandbox = sandbox;
    this.target = target;
    this.store = new DocumentStore({ open: async () => this.target, now: () => this.now });
  }

  static async start(): Promise<StoreBench> {
    const sandbox = await startTestSandbox();
    const { endpoint, credentials, region } = sandbox;
    return new StoreBench(sandbox, await openTarget({ kind: 'sandbox', endpoint, credentials, region }, clock));
  }

  async stop(): Promise<void> {
    this.target.dispose();
    await this.sandbox.stop();
  }

  path(kind: SettledKind | 'object', name: string, last: string): string {
    return `/${kind}/${this.sandbox.account}/${this.sandbox.region}/${name}/${last}`;
  }

  /** As the editor reads it: long enough after the last look. */
  async text(path: string): Promise<string> {
    this.now += 1000;
    return new TextDecoder().decode(await this.store.read(path));
  }

  async json(path: string): Promise<Record<string, unknown>> {
    return JSON.parse(await this.text(path));
  }

  save(path: string, content: unknown): Promise<void> {
    this.now += 1000;
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    return this.store.write(path, new TextEncoder().encode(text));
  }

  async mtime(path: string): Promise<number> {
    this.now += 1000;
    return (await this.store.stat(path)).mtime;
  }
}
