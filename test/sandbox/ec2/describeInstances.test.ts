import { DescribeInstancesCommand, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEc2, refused, type OpenEc2 } from './openEc2.ts';

let open: OpenEc2;
let ids: string[];
beforeAll(async () => {
  open = await openEc2();
  const tags = [
    { AutoOff: 'yes', Name: 'web-1' },
    { AutoOff: 'yes', Name: 'web-2' },
    { AutoOff: 'Yes', Name: 'a*b' },
    {},
  ];
  ids = (await Promise.all(tags.map((one) => open.run({}, one)))).flat();
  await open.aws.advance('5s');
  ids.push(...(await open.run({ InstanceType: 't3.small' })));
}, 60_000);
afterAll(() => open.aws.stop());

/** Which of the launched ones are found, by their place. */
const matching = async (...pairs: readonly (readonly [string, ...string[]])[]): Promise<number[]> => {
  const Filters = pairs.map(([Name, ...Values]) => ({ Name, Values }));
  const found = (await open.find({ Filters })).map(({ InstanceId = '' }) => ids.indexOf(InstanceId));
  return found.toSorted((a, b) => a - b);
};

it('filters by tags, with case', async () => {
  expect(await matching(['tag:AutoOff', 'yes'])).toEqual([0, 1]);
  expect(await matching(['tag:AutoOff', 'Yes'])).toEqual([2]);
  expect(await matching(['tag:AutoOff', 'yes', 'Yes'])).toEqual([0, 1, 2]);
  expect(await matching(['tag:autooff', 'yes'])).toEqual([]);
  expect(await matching(['tag-key', 'AutoOff'], ['tag:Name', 'web-2'])).toEqual([1]);
});

it('takes * and ? in values', async () => {
  expect(await matching(['tag:Name', 'web-*'])).toEqual([0, 1]);
  expect(await matching(['tag:Name', 'web-?'])).toEqual([0, 1]);
  expect(await matching(['tag:AutoOff', '?es'])).toEqual([0, 1, 2]);
  expect(await matching(['tag:Name', 'a\\*b'])).toEqual([2]);
  expect(await matching(['tag:Name', 'web'])).toEqual([]);
});

it('filters by state, type, id and image', async () => {
  expect(await matching(['instance-state-name', 'running'])).toEqual([0, 1, 2, 3]);
  expect(await matching(['instance-state-code', '0'])).toEqual([4]);
  expect(await matching(['instance-type', 't3.s*'])).toEqual([4]);
  expect(await matching(['instance-id', ids[3] ?? ''], ['instance-state-name', 'running', 'pending'])).toEqual([3]);
  const [{ ImageId = '' } = {}] = await open.find();
  expect(await matching(['image-id', ImageId])).toEqual([0, 1, 2, 3, 4]);
  await expect(matching(['no-such', 'x'])).rejects.toMatchObject(
    refused('InvalidParameterValue', "The filter 'no-such' is invalid"),
  );
});

it('gives pages', async () => {
  const [first = ''] = await open.run({ MinCount: 7, MaxCount: 7 });
  const pages = [];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client: open.ec2, pageSize: 5 }, {})) {
    pages.push(Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId }) => InstanceId)));
  }
  expect(pages.map(({ length }) => length)).toEqual([5, 5, 2]);
  expect(new Set(pages.flat()).size).toBe(12);
  const asked = (input: object) => open.ec2.send(new DescribeInstancesCommand(input));
  await expect(asked({ MaxResults: 2 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await expect(asked({ InstanceIds: [first], MaxResults: 5 })).rejects.toMatchObject(
    refused('InvalidParameterCombination', 'The parameter instancesSet cannot be used with the parameter maxResults'),
  );
});

it('knows nothing of other regions', async () => {
  const { EC2Client } = await import('@aws-sdk/client-ec2');
  const elsewhere = open.aws.client(EC2Client, { region: 'eu-west-1' });
  expect((await elsewhere.send(new DescribeInstancesCommand({}))).Reservations).toEqual([]);
  await expect(elsewhere.send(new DescribeInstancesCommand({ InstanceIds: ids.slice(0, 1) }))).rejects.toMatchObject({
    name: 'InvalidInstanceID.NotFound',
  });
});
