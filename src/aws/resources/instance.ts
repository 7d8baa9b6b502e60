// EC2 instances. Key: the id, or, for one that is yet to be launched, the client token it is launched with.
// A terminated instance, which EC2 goes on listing for an hour, is gone.
import type { Instance } from '@aws-sdk/client-ec2';
import type { Description, ResourceKind } from './kind.ts';
import { arnOf, consoleUrl, sendOptions, tagList, tagsIn, text, unlessMissing } from './lookup.ts';
import type { Target } from '../target.ts';

const missing = ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed'] as const;

function described(instance: Instance, target: Target): Description {
  const id = instance.InstanceId ?? '';
  const name = tagsOf(instance)['Name'] ?? id;
  return {
    kind: 'instance',
    key: { id },
    name,
    arn: arnOf(target, 'ec2', `instance/${id}`),
    ref: id,
    output: { Instances: [instance] },
    facts: { ...instance },
  };
}

function tagsOf({ Tags = [] }: Instance): Readonly<Record<string, string>> {
  return tagsIn(Tags);
}

const isThere = ({ State }: Instance): boolean => State?.Name !== 'terminated';

export const instance: ResourceKind = {
  kind: 'instance',
  label: 'instance',
  plural: 'instances',
  goesAfter: [],
  taggable: true,
  /** US dollars of a t3.micro in us-east-1. Source: https://aws.amazon.com/ec2/pricing/on-demand/ */
  costPerHour: 0.0104,

  keyOf(_operation, input) {
    const clientToken = text(input['ClientToken']);
    return clientToken === undefined ? undefined : { clientToken };
  },

  nameOf: (key) => key['id'] ?? 'instance',

  withTags: (input, tags) => {
    const { TagSpecifications = [], ...rest }: { TagSpecifications?: object[] } = input;
    const Tags = tagList(tags);
    return { ...rest, TagSpecifications: [...TagSpecifications, { ResourceType: 'instance', Tags }] };
  },

  async list(look, next) {
    const input = { MaxResults: 1000, ...(next !== undefined && { NextToken: next }) };
    const page = await look.target.send('ec2.DescribeInstances', input, sendOptions(look));
    const instances = (page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances).filter(isThere);
    return {
      entries: instances.map((each) => described(each, look.target)),
      ...(page.NextToken !== undefined && page.NextToken !== '' && { next: page.NextToken }),
    };
  },

  async find(look, { id, clientToken = '' }) {
    const input =
      id === undefined ? { Filters: [{ Name: 'client-token', Values: [clientToken] }] } : { InstanceIds: [id] };
    const answer = await unlessMissing(
      (options) => look.target.send('ec2.DescribeInstances', input, options),
      look,
      missing,
    );
    const there = (answer?.Reservations ?? []).flatMap(({ Instances = [] }) => Instances).find(isThere);
    return there && described(there, look.target);
  },

  async describe(look, { ref }) {
    const answer = await unlessMissing(
      (options) => look.target.send('ec2.DescribeInstances', { InstanceIds: [ref] }, options),
      look,
      missing,
    );
    const there = (answer?.Reservations ?? []).flatMap(({ Instances = [] }) => Instances).find(isThere);
    return there && described(there, look.target);
  },

  async tags(look, found) {
    const there = await instance.describe(look, found);
    return there ? tagsOf(there.facts) : {};
  },

  async tag(look, { ref }, tags) {
    const Tags = tagList(tags);
    await look.target.send('ec2.CreateTags', { Resources: [ref], Tags }, sendOptions(look));
  },

  relations: () => [],
  contents: async () => [],

  async remove(look, { ref }) {
    await unlessMissing(
      (options) => look.target.send('ec2.TerminateInstances', { InstanceIds: [ref] }, options),
      look,
      missing,
    );
    return { state: 'gone' };
  },

  consoleUrl: ({ key }, region) =>
    consoleUrl(region, `ec2/home?region=${region}#InstanceDetails:instanceId=${encodeURIComponent(key['id'] ?? '')}`),
};
