import { CreateTagsCommand, DeleteTagsCommand, DescribeTagsCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEc2, refused, type OpenEc2 } from './openEc2.ts';

let open: OpenEc2;
beforeAll(async () => {
  open = await openEc2();
}, 60_000);
afterAll(() => open.aws.stop());

it('makes, lists and removes tags', async () => {
  const Resources = await open.run({}, { AutoOff: 'yes' });
  const [id = ''] = Resources;
  const tags = async () => (await open.find({ InstanceIds: Resources }))[0]?.Tags;
  await open.ec2.send(
    new CreateTagsCommand({ Resources, Tags: [{ Key: 'AutoOff', Value: 'Yes' }, { Key: 'b' }] as never }),
  );
  expect(await tags()).toEqual([
    { Key: 'AutoOff', Value: 'Yes' },
    { Key: 'b', Value: '' },
  ]);
  const listed = await open.ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'key', Values: ['Auto*'] }] }));
  expect(listed.Tags).toEqual([{ ResourceId: id, ResourceType: 'instance', Key: 'AutoOff', Value: 'Yes' }]);
  // With a value, only the tag that has it goes.
  await open.ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: 'AutoOff', Value: 'yes' }, { Key: 'b' }] }));
  expect(await tags()).toEqual([{ Key: 'AutoOff', Value: 'Yes' }]);
  await open.ec2.send(new DeleteTagsCommand({ Resources }));
  expect(await tags()).toEqual([]);
});

it('refuses reserved keys and things that are not there', async () => {
  const Resources = await open.run();
  const tag = (resources: string[], Key: string) =>
    open.ec2.send(new CreateTagsCommand({ Resources: resources, Tags: [{ Key, Value: 'x' }] }));
  await expect(tag(Resources, 'aws:x')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await expect(tag(['i-0123456789abcdef0'], 'x')).rejects.toMatchObject(
    refused('InvalidInstanceID.NotFound', "The instance ID 'i-0123456789abcdef0' does not exist"),
  );
  await expect(tag(['nonsense'], 'x')).rejects.toMatchObject(refused('InvalidID', "The ID 'nonsense' is not valid"));
});
