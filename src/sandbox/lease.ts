// A lease is a request that is never answered to its end: as long as it is open, somebody uses this process.
import { Readable } from 'node:stream';
import type { Connection } from './wire/dispatch.ts';
import type { WireAnswer } from './wire/exchange.ts';

export function openLease(connection: Connection, count: (change: 1 | -1) => void): WireAnswer {
  const body = new Readable({ read: () => undefined });
  // The first line tells the user that it holds.
  body.push('{"lease":true}\n');
  count(1);
  connection.onGone(() => {
    body.destroy();
    count(-1);
  });
  return { status: 200, headers: { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' }, body };
}
