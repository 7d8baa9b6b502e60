// The last calls that the sandbox answered, for a log and for tests. Bodies and keys are never kept.

export interface CallRecord {
  readonly n: number;
  /** ISO 8601, sandbox time. */
  readonly time: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly status: number;
  readonly ms: number;
  readonly requestId: string;
  readonly error?: string;
}

export interface CallLog {
  add(call: {
    time: number;
    operation: string;
    account: string;
    region: string;
    status: number;
    ms: number;
    requestId: string;
    error: string | undefined;
  }): void;
  after(n: number): CallRecord[];
}

const kept = 2000;

export function createCallLog(): CallLog {
  const ring: (Parameters<CallLog['add']>[0] | undefined)[] = Array.from({ length: kept });
  let count = 0;
  return {
    add(call) {
      ring[count % kept] = call;
      count += 1;
    },
    after(n) {
      const records: CallRecord[] = [];
      for (let index = Math.max(n, count - kept, 0); index < count; index++) {
        const call = ring[index % kept];
        if (!call) continue;
        const { time, error, ...facts } = call;
        records.push({
          n: index + 1,
          ...facts,
          time: new Date(time).toISOString(),
          ...(error !== undefined && { error }),
        });
      }
      return records;
    },
  };
}
