// Services without semantics of their own, to try the wire with: each operation answers what the test says, and keeps what it was given.
import type * as Ec2 from '@aws-sdk/client-ec2';
import type * as Kinesis from '@aws-sdk/client-kinesis';
import type * as Lambda from '@aws-sdk/client-lambda';
import type * as S3 from '@aws-sdk/client-s3';
import type * as Sns from '@aws-sdk/client-sns';
import type * as Sqs from '@aws-sdk/client-sqs';
import type { Handler, Handlers, Service } from '../../../src/sandbox/service.ts';
import { services } from '../../../src/sandbox/services.ts';
import type { ServiceDescription } from '../../../src/sandbox/wire/description.ts';

export interface TestHandlers {
  readonly s3?: Handlers<typeof S3>;
  readonly ec2?: Handlers<typeof Ec2>;
  readonly lambda?: Handlers<typeof Lambda>;
  readonly kinesis?: Handlers<typeof Kinesis>;
  readonly sqs?: Handlers<typeof Sqs>;
  readonly sns?: Handlers<typeof Sns>;
}

const more: readonly ServiceDescription[] = [
  {
    name: 's3',
    signing: ['s3'],
    protocol: 'restXml',
    version: '2006-03-01',
    xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
    bucket: true,
    anonymous: 'all',
    schemas: () => import('@aws-sdk/client-s3/dist-es/schemas/schemas_0.js'),
  },
  {
    name: 'ec2',
    signing: ['ec2'],
    protocol: 'ec2',
    version: '2016-11-15',
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
    schemas: () => import('@aws-sdk/client-ec2/dist-es/schemas/schemas_0.js'),
  },
  {
    name: 'lambda',
    signing: ['lambda'],
    protocol: 'restJson',
    version: '2015-03-31',
    schemas: () => import('@aws-sdk/client-lambda/dist-es/schemas/schemas_0.js'),
  },
  {
    name: 'kinesis',
    signing: ['kinesis'],
    protocol: 'json',
    jsonVersion: '1.1',
    target: 'Kinesis_20131202',
    version: '2013-12-02',
    schemas: () => import('@aws-sdk/client-kinesis/dist-es/schemas/schemas_0.js'),
  },
];

/** The sandbox's table with these handlers instead of the services' own. */
export function testServices(handlers: TestHandlers): ServiceDescription[] {
  const known = services.filter(({ name }) => name === 'sts' || name in handlers);
  const added = more.filter(({ name }) => name in handlers && !known.some((one) => one.name === name));
  return [...known, ...added].map((description) => {
    const own = Object.entries(handlers).find(([name]) => name === description.name)?.[1];
    return own ? { ...description, create: async () => () => serviceOf(description.name, own) } : description;
  });
}

const serviceOf = (name: string, handlers: object): Service => ({
  name,
  handlers: handlers as Record<string, Handler>,
  snapshot: () => undefined,
  restore: () => undefined,
  reset: () => undefined,
  resources: () => [],
});
