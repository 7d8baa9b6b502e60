// Operations on the rules of security groups.
import type { Call } from '../service.ts';
import type { Ec2, Ec2Handlers } from './ec2.ts';
import { filtered } from './filters.ts';
import { addRules, dropRules, readRules, rulesOf, type RuleInput } from './groupRules.ts';
import { groupsOf, vpcOf } from './network.ts';
import { pageOf } from './pages.ts';
import { missing, noSuchGroupName, noSuchRules, notFound } from './refusals.ts';
import type { GroupRule, SecurityGroup } from './state.ts';
import { putTags, readSpecifications, tagsOf, type TagSpecification } from './tagList.ts';

interface Input extends RuleInput {
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly TagSpecifications?: readonly TagSpecification[] | undefined;
  readonly SecurityGroupRuleIds?: readonly string[] | undefined;
}

export const ruleHandlers = (ec2: Ec2): Ec2Handlers => ({
  AuthorizeSecurityGroupIngress: (input, call) => authorize(ec2, input, call, false),
  AuthorizeSecurityGroupEgress: (input, call) => authorize(ec2, input, call, true),
  RevokeSecurityGroupIngress: (input, call) => revoke(ec2, input, call, false),
  RevokeSecurityGroupEgress: (input, call) => revoke(ec2, input, call, true),
  DescribeSecurityGroupRules({ SecurityGroupRuleIds: ids, Filters, ...paging }, call) {
    const all = groupsOf(ec2.state, call).flatMap((group) =>
      rulesOf(ec2.state, group).map((rule) => ({ group, rule })),
    );
    const unknown = ids?.filter((id) => !all.some(({ rule }) => rule.id === id)) ?? [];
    if (unknown.length > 0) throw noSuchRules(unknown);
    const asked = all.filter(({ rule }) => ids === undefined || ids.includes(rule.id));
    const facts = {
      'group-id': ({ group }: (typeof all)[number]) => group.id,
      'security-group-rule-id': ({ rule }: (typeof all)[number]) => rule.id,
    };
    const found = filtered(asked, Filters, { facts, tagsOf: ({ rule }) => ec2.state.tags.get(rule.id) });
    const { items, more } = pageOf(found, ({ rule }) => rule.id, paging);
    return { SecurityGroupRules: items.map(({ group, rule }) => shownRule(ec2, group, rule)), ...more };
  },
});

function groupOf(ec2: Ec2, { GroupId, GroupName }: Input, call: Call): SecurityGroup {
  if (GroupId === undefined && GroupName === undefined) throw missing('groupName or groupId');
  const group = groupsOf(ec2.state, call).find(({ id, name }) =>
    GroupId === undefined ? name === GroupName : id === GroupId,
  );
  if (group) return group;
  throw GroupId === undefined ? noSuchGroupName(GroupName ?? '', vpcOf(call)) : notFound('group', [GroupId]);
}

function authorize(ec2: Ec2, input: Input, call: Call, egress: boolean) {
  const group = groupOf(ec2, input, call);
  const tags = readSpecifications(input.TagSpecifications, ['security-group-rule'])('security-group-rule');
  const wanted = readRules(input, egress, group);
  if (wanted.length === 0) throw missing('ipPermissions');
  const added = addRules(ec2, group, wanted);
  for (const { id } of added) putTags(ec2.state, id, tags);
  return { Return: true, SecurityGroupRules: added.map((rule) => shownRule(ec2, group, rule)) };
}

function revoke(ec2: Ec2, input: Input, call: Call, egress: boolean) {
  const group = groupOf(ec2, input, call);
  dropRules(ec2, group, readRules(input, egress, group), input.SecurityGroupRuleIds ?? []);
  return { Return: true };
}

const shownRule = ({ state }: Ec2, { id, account }: SecurityGroup, rule: GroupRule) => ({
  SecurityGroupRuleId: rule.id,
  GroupId: id,
  GroupOwnerId: account,
  IsEgress: rule.egress,
  IpProtocol: rule.protocol,
  FromPort: rule.from ?? -1,
  ToPort: rule.to ?? -1,
  ...(rule.kind === 'ipv4' && { CidrIpv4: rule.peer }),
  ...(rule.kind === 'ipv6' && { CidrIpv6: rule.peer }),
  ...(rule.kind === 'list' && { PrefixListId: rule.peer }),
  ...(rule.kind === 'group' && { ReferencedGroupInfo: { GroupId: rule.peer, UserId: rule.owner } }),
  ...(rule.description !== undefined && { Description: rule.description }),
  Tags: tagsOf(state, rule.id),
});
