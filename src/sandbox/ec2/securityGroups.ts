// Security groups by name: they can be made, found and removed. Their rules are in groupRules.ts.
import type { Ec2, Ec2Handlers } from './ec2.ts';
import { filtered } from './filters.ts';
import { permissionsOf, rulesOf } from './groupRules.ts';
import { freshId } from './ids.ts';
import { defaultGroupOf, groupsOf, vpcOf } from './network.ts';
import { pick } from './networkHandlers.ts';
import { pageOf } from './pages.ts';
import { defaultGroup, groupExists, groupInUse, invalid, missing, noSuchGroupName, notFound } from './refusals.ts';
import type { SecurityGroup } from './state.ts';
import { putTags, readSpecifications, tagsOf } from './tagList.ts';

export const groupHandlers = (ec2: Ec2): Ec2Handlers => ({
  CreateSecurityGroup({ GroupName, Description, VpcId, TagSpecifications }, call) {
    const vpcId = vpcOf(call);
    if (VpcId !== undefined && VpcId !== vpcId) throw notFound('vpc', [VpcId]);
    if (GroupName.startsWith('sg-'))
      throw invalid(`Value (${GroupName}) for parameter GroupName is invalid. It cannot begin with sg-.`);
    const tags = readSpecifications(TagSpecifications, ['security-group'])('security-group');
    if (groupsOf(ec2.state, call).some(({ name }) => name === GroupName)) throw groupExists(GroupName, vpcId);
    const { account, region } = call;
    const id = freshId(ec2.world, 'sg');
    ec2.state.groups.set(id, { account, region, id, name: GroupName, description: Description, vpcId });
    putTags(ec2.state, id, tags);
    ec2.world.changed();
    return { GroupId: id, SecurityGroupArn: arnOf({ id, account, region }), Tags: tagsOf(ec2.state, id) };
  },
  DeleteSecurityGroup({ GroupId, GroupName }, call) {
    if (GroupId === undefined && GroupName === undefined) throw missing('GroupName or GroupId');
    const group = groupsOf(ec2.state, call).find(({ id, name }) =>
      GroupId === undefined ? name === GroupName : id === GroupId,
    );
    if (group === undefined)
      throw GroupId === undefined ? noSuchGroupName(GroupName ?? '', vpcOf(call)) : notFound('group', [GroupId]);
    if (group.id === defaultGroupOf(call).id) throw defaultGroup(group.id, group.name);
    const used = [...ec2.state.instances.values()].some(
      ({ groups, state }) => groups.includes(group.id) && state !== 'terminated',
    );
    if (used) throw groupInUse(group.id);
    ec2.state.groups.delete(group.id);
    for (const { id } of ec2.state.rules.get(group.id) ?? []) ec2.state.tags.delete(id);
    ec2.state.rules.delete(group.id);
    ec2.state.tags.delete(group.id);
    ec2.world.changed();
    return { Return: true, GroupId: group.id };
  },
  DescribeSecurityGroups({ GroupIds, GroupNames = [], Filters, ...paging }, call) {
    const all = groupsOf(ec2.state, call);
    const unknown = GroupNames.find((name) => !all.some((group) => group.name === name));
    if (unknown !== undefined) throw noSuchGroupName(unknown, vpcOf(call));
    const asked = pick('group', all, GroupIds).filter(
      ({ name }) => GroupNames.length === 0 || GroupNames.includes(name),
    );
    const found = filtered(asked, Filters, { facts, tagsOf: ({ id }) => ec2.state.tags.get(id) });
    const { items, more } = pageOf(found, ({ id }) => id, paging);
    const SecurityGroups = items.map((group) => ({
      GroupId: group.id,
      GroupName: group.name,
      Description: group.description,
      VpcId: group.vpcId,
      OwnerId: group.account,
      SecurityGroupArn: arnOf(group),
      IpPermissions: permissionsOf(rulesOf(ec2.state, group), false),
      IpPermissionsEgress: permissionsOf(rulesOf(ec2.state, group), true),
      Tags: tagsOf(ec2.state, group.id),
    }));
    return { SecurityGroups, ...more };
  },
});

const arnOf = ({ id, account, region }: Pick<SecurityGroup, 'id' | 'account' | 'region'>): string =>
  `arn:aws:ec2:${region}:${account}:security-group/${id}`;

const facts = {
  'group-id': ({ id }: SecurityGroup) => id,
  'group-name': ({ name }: SecurityGroup) => name,
  description: ({ description }: SecurityGroup) => description,
  'vpc-id': ({ vpcId }: SecurityGroup) => vpcId,
  'owner-id': ({ account }: SecurityGroup) => account,
};
