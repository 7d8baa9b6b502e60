// What the wire must be told about a service: what its SDK client's schemas do not say. services.ts is a table of these.
import type { Service, World } from '../service.ts';

export interface ServiceDescription {
  /** As in operations' names: 'sqs'. */
  readonly name: string;
  /** Names in a signature's credential scope; the first is the usual one. */
  readonly signing: readonly string[];
  readonly protocol: 'json' | 'query' | 'ec2' | 'restJson' | 'restXml';
  /** The older query protocol is answered too; JSON errors carry the query code in a header. */
  readonly alsoQuery?: boolean;
  /** By code: what the older protocol says in other words. */
  readonly queryMessages?: Readonly<Record<string, string>>;
  /** By code: what JSON names otherwise, where no schema does; the header goes on saying the code. */
  readonly jsonTypes?: Readonly<Record<string, string>>;
  readonly jsonVersion?: '1.0' | '1.1';
  /** X-Amz-Target is `${target}.${operation}`. */
  readonly target?: string;
  /** The API's version, as query requests say it. */
  readonly version: string;
  readonly xmlNamespace?: string;
  /** Requests at a resource's own path mean this member (SQS: QueueUrl). */
  readonly urlMember?: string;
  /** Top-level lists that the query protocol cannot tell from empty ones, which the service refuses in its own words. */
  readonly emptyIfMissing?: readonly string[];
  /** Top-level members of which the service says `no value for required parameter`. */
  readonly noValue?: RegExp;
  /** S3: the bucket comes from host or path before the rest is matched; paths are signed as they are. */
  readonly bucket?: boolean;
  /** Operations answered without a signature; the service decides by the caller's kind. */
  readonly anonymous?: 'all' | readonly string[];
  /** Paths of unsigned GETs that the service answers by itself. */
  readonly pages?: RegExp;
  /** Where AWS answers with another status than its own model says. */
  readonly statuses?: Readonly<Record<string, number>>;
  /** Host names (without port) that belong to websites of this service. */
  readonly sites?: RegExp;
  /** Missing members are for the service to refuse: S3 says it differently at each place. */
  readonly lenient?: boolean;
  /** The SDK client's schema module. */
  readonly schemas: () => Promise<object>;
  /** Semantics; a service without them answers NotImplemented. */
  readonly create?: () => Promise<(world: World) => Service>;
}
