import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { autoOffOf } from '../../../src/aws/resources/autoOff.ts';
import { instance } from '../../../src/aws/resources/instance.ts';
import type { Look } from '../../../src/aws/resources/kind.ts';
import { linux } from '../../sandbox/ec2/openEc2.ts';
import { RunInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { openLook } from './openTargets.ts';
import type { TestSandbox } from '../../sandbox/start.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let look: Look;
let sandbox: TestSandbox;
let close: () => Promise<void>;
beforeAll(async () => void ({ sandbox, look, close } = await openLook()));
afterAll(() => close());

async function launch(ClientToken: string): Promise<void> {
  const input = instance.withTags(
    { ImageId: linux, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1, ClientToken },
    { Name: 'web', AutoOff: 'yes' },
  );
  const command: ConstructorParameters<typeof RunInstancesCommand>[0] = {
    ImageId: '',
    MinCount: 1,
    MaxCount: 1,
    ...input,
  };
  await sandbox.client(EC2Client).send(new RunInstancesCommand(command));
  await sandbox.advance('2m');
}

test('is found by the token it was launched with, listed, described, tagged, and removed; terminated is gone', async () => {
  await launch('token-1');
  expect(instance.keyOf('ec2.StartInstances', { ClientToken: 'token-1' })).toEqual({ clientToken: 'token-1' });
  const found = await instance.find(look, { clientToken: 'token-1' });
  if (!found) throw new Error('It is not there.');
  expect(found).toMatchObject({ name: 'web', key: { id: found.ref } });
  expect((await instance.list(look)).entries.map(({ ref }) => ref)).toEqual([found.ref]);
  expect((await instance.describe(look, found))?.facts).toMatchObject({
    InstanceType: 't3.micro',
    State: { Name: 'running' },
  });
  expect(await instance.tags(look, found)).toEqual({ Name: 'web', AutoOff: 'yes' });
  expect(await instance.contents(look, found)).toEqual([]);
  expect(await instance.remove(look, found)).toEqual({ state: 'gone' });
  await sandbox.advance('2m');
  expect(await instance.find(look, { id: found.ref })).toBeUndefined();
  expect(await instance.find(look, { id: 'i-0123456789abcdef0' })).toBeUndefined();
  expect((await instance.list(look)).entries).toEqual([]);
  expect(await instance.remove(look, found)).toEqual({ state: 'gone' });
});

describe('AutoOff', () => {
  test('is `AutoOff=yes`, letter for letter', () => {
    expect(autoOffOf({ AutoOff: 'yes' })).toEqual({ is: 'yes' });
    expect(autoOffOf({ AutoOff: 'yes', autooff: 'true' })).toEqual({ is: 'yes' });
  });

  test.each([
    [{ AutoOff: 'Yes' }, 'Its value is “Yes”, not “yes”. Tags are case-sensitive.'],
    [{ AutoOff: 'true' }, 'Its value is “true”, not “yes”. Tags are case-sensitive.'],
    [{ AutoOff: ' yes' }, 'Its value is “ yes”, not “yes”. Tags are case-sensitive.'],
    [{ autooff: 'yes' }, 'Its key is “autooff”, not “AutoOff”. Tags are case-sensitive.'],
    [
      { 'Auto-Off': 'YES' },
      'Its key is “Auto-Off”, not “AutoOff”, and its value is “YES”, not “yes”. Tags are case-sensitive.',
    ],
  ])('nearly: %j', (tags, why) => {
    expect(autoOffOf(tags)).toEqual({ is: 'nearly', why });
  });

  test.each([[{}], [{ AutoOff: 'no' }], [{ autooff: 'false' }], [{ Team: 'yes' }]])('not: %j', (tags) => {
    expect(autoOffOf(tags)).toEqual({ is: 'no' });
  });
});
