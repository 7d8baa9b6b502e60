import type { CallRecord } from '../aws/target.ts';

/** What the host writes to; the editor's own log channel fits. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  error(line: string | Error): void;
  debug(line: string): void;
}

/** One AWS call as one line. The record holds neither input nor output, so no secret can come in here. */
export function callLine({ operation, attempt, ms, error, requestId }: CallRecord): string {
  const outcome = error === undefined ? 'ok' : error.code;
  const again = attempt > 1 ? ` (attempt ${attempt})` : '';
  const request = requestId === undefined ? '' : ` ${requestId}`;
  return `${operation} ${outcome} ${Math.round(ms)} ms${again}${request}`;
}

/** An error for the log, with its stack; people never see this. */
export function logged(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
