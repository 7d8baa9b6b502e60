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

/** Titles and answers are text of others: none of it moves the cursor, rings, or names the window. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '\uFFFD');
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
      stdout.write(`${printable(line)}\n`);
    },
    err(line) {
      clear();
      stderr.write(`${printable(line)}\n`);
    },
    status(text) {
      if (!watched) return;
      clear();
      if (text === '') return;
      stderr.write(printable(text).slice(0, Math.max(20, (stderr.columns ?? 80) - 1)));
      shown = true;
    },
    async ask(question, signal) {
      if (!interactive) return undefined;
      clear();
      const reader = createInterface({ input: stdin, output: stderr });
      try {
        return (await reader.question(`${printable(question)} `, signal ? { signal } : {})).trim();
      } finally {
        reader.close();
      }
    },
  };
}
