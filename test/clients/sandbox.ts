import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface StartedSandbox {
  /** What any AWS client needs to find the sandbox and nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  admin(path: string, body?: object): Promise<unknown>;
  stop(): Promise<void>;
}

interface Announcement {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** dist/sandbox.js in a process of its own, as anybody would start it: signatures are checked. */
export async function startSandboxProcess(): Promise<StartedSandbox> {
  const child = spawn(process.execPath, ['dist/sandbox.js', '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const announced = await firstLine(child.stdout, ended);
  return {
    environment: {
      AWS_ENDPOINT_URL: announced.endpoint,
      AWS_ACCESS_KEY_ID: announced.accessKeyId,
      AWS_SECRET_ACCESS_KEY: announced.secretAccessKey,
      AWS_REGION: announced.region,
      AWS_DEFAULT_REGION: announced.region,
    },
    async admin(path, body) {
      const response = await fetch(`${announced.endpoint}/_sandbox/${path}`, {
        ...(body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      return response.json();
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function firstLine(output: NodeJS.ReadableStream, ended: Promise<void>): Promise<Announcement> {
  const line = await Promise.race([
    new Promise<string>((done) => createInterface(output).once('line', done)),
    ended.then(() => Promise.reject(new Error('the sandbox ended before it said where it is'))),
  ]);
  return JSON.parse(line) as Announcement;
}
