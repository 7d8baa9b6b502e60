// Where calls go, as environment and profile say: for all services, for one, or nowhere special.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { configuredEndpoint } from '../../src/aws/configuredEndpoint.ts';

beforeAll(() => {
  const file = join(mkdtempSync(join(tmpdir(), 'aws-labs-config-')), 'config');
  writeFileSync(
    file,
    '[profile local]\nendpoint_url = http://localhost:4566\nservices = mine\n\n[services mine]\nsqs =\n  endpoint_url = http://localhost:9324\n',
  );
  vi.stubEnv('AWS_CONFIG_FILE', file);
});

test.each([
  { case: 'nothing is said', profile: 'other', env: {}, all: undefined, sqs: undefined },
  {
    case: 'the environment',
    profile: 'local',
    env: { AWS_ENDPOINT_URL: 'http://a:1' },
    all: 'http://a:1',
    sqs: 'http://localhost:9324',
  },
  {
    case: 'the environment, of one service',
    profile: 'other',
    env: { AWS_ENDPOINT_URL_SQS: 'http://a:1' },
    all: undefined,
    sqs: 'http://a:1',
  },
  { case: 'a profile', profile: 'local', env: {}, all: 'http://localhost:4566', sqs: 'http://localhost:9324' },
  {
    case: 'a cleared variable',
    profile: 'other',
    env: { AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_SQS: '' },
    all: undefined,
    sqs: undefined,
  },
  {
    case: 'all of it ignored',
    profile: 'local',
    env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
    all: undefined,
    sqs: undefined,
  },
])('the endpoint is that of $case', async ({ profile, env, all, sqs }) => {
  const endpointOf = await configuredEndpoint(profile, env);
  expect([endpointOf(), endpointOf('sqs')]).toEqual([all, sqs]);
});
