// What the command line writes and asks. Results go to `out`, progress to `err`; a spinner only where a person watches.
import { createInterface } from 'node:readline/promises';

export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  /** Replaces itself; empty takes it away. Nothing where nobody watches. */
  status(text: string): void;
  readonly interactive: boolean;
  /** Undefined where nobody can answer. */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined>;
}

export function openTerminal(streams: Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>): Terminal {
  const { stdin, stdout, stderr } = streams;
  const watched = stderr.isTTY;
  const interactive = watched && stdin.isTTY;
  let shown = false;
  const clear = () => {
    if (shown) stderr.write('\r\u001B[K');
    shown = false;
  };
  return {
    interactive,
    out(line) {
      clear();
      stdout.write(`${line}\n`);
    },
    err(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    status(text) {
      if (!watched) return;
      clear();
      if (text === '') return;
      stderr.write(text.slice(0, Math.max(20, (stderr.columns ?? 80) - 1)));
      shown = true;
    },
    async ask(question, signal) {
      if (!interactive) return undefined;
      clear();
      const reader = createInterface({ input: stdin, output: stderr });
      try {
        return (await reader.question(`${question} `, signal ? { signal } : {})).trim();
      } finally {
        reader.close();
      }
    },
  };
}
