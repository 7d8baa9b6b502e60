/** All that Kinesis remembers, as plain data. What takes time is kept with when it is due, and applied when next looked at. */
export interface KinesisState {
  /** By ARN. */
  readonly streams: Map<string, Stream>;
}

export type StreamStatus = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';

export interface Stream {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly created: number;
  status: StreamStatus;
  change: Change | undefined;
  mode: 'PROVISIONED' | 'ON_DEMAND';
  retentionHours: number;
  maxRecordKiB: number;
  distribution: 'AUTO' | 'USER_PARTITION_KEY';
  keyId: string | undefined;
  policy: string | undefined;
  readonly metrics: Set<string>;
  readonly tags: Map<string, string>;
  /** By name. */
  readonly consumers: Map<string, Consumer>;
  /** In the order they were made. */
  shards: Shard[];
  madeShards: number;
  /** Counts records, so that later ones have greater sequence numbers. */
  counter: bigint;
}

/** What is under way, and when it is done. */
export type Change = { readonly due: number } & (
  | { readonly kind: 'activate' }
  | { readonly kind: 'remove' }
  | { readonly kind: 'split'; readonly shard: string; readonly at: bigint }
  | { readonly kind: 'merge'; readonly shards: readonly [string, string] }
  | { readonly kind: 'scale'; readonly count: number }
  | { readonly kind: 'mode'; readonly mode: Stream['mode'] }
  | { readonly kind: 'encrypt'; readonly keyId: string | undefined }
);

export interface Shard {
  readonly id: string;
  readonly index: number;
  readonly parent: string | undefined;
  readonly adjacentParent: string | undefined;
  /** The hash keys that are its, both included. */
  readonly from: bigint;
  readonly to: bigint;
  readonly opened: number;
  readonly start: bigint;
  closed: { readonly at: number; readonly end: bigint } | undefined;
  /** By sequence number. */
  records: StoredRecord[];
}

export interface StoredRecord {
  readonly sequence: bigint;
  readonly arrived: number;
  readonly data: Uint8Array;
  readonly partitionKey: string;
  readonly encrypted: boolean;
}

export interface Consumer {
  readonly arn: string;
  readonly name: string;
  readonly created: number;
  readonly active: number;
  /** When it is gone, once it was deregistered. */
  gone: number | undefined;
  readonly tags: Map<string, string>;
  policy: string | undefined;
}

export const emptyState = (): KinesisState => ({ streams: new Map() });
