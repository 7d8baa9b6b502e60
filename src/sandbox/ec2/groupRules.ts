// Rules of security groups: written down, compared and taken away. No traffic flows here, so nothing is let in or kept out by them.
import type { IpPermission } from '@aws-sdk/client-ec2';
import { cidrBlock, invalid, noSuchRules, ruleExists, rulesLimit, unknownRule } from './refusals.ts';
import { freshId } from './ids.ts';
import type { Ec2 } from './ec2.ts';
import type { Ec2State, GroupRule, SecurityGroup } from './state.ts';

export type Wanted = Omit<GroupRule, 'id'>;

const most = 60;

/** What a request says of one group's rules, in any of its ways. */
export interface RuleInput {
  readonly IpPermissions?: readonly IpPermission[] | undefined;
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIp?: string | undefined;
}

/** The rules, one peer each. @throws InvalidParameterValue */
export function readRules(input: RuleInput, egress: boolean, { account }: SecurityGroup): Wanted[] {
  const { IpPermissions, IpProtocol, FromPort, ToPort, CidrIp } = input;
  const single = { IpProtocol, FromPort, ToPort, ...(CidrIp !== undefined && { IpRanges: [{ CidrIp }] }) };
  const permissions = IpPermissions ?? (IpProtocol === undefined ? [] : [single]);
  return permissions.flatMap((permission) => {
    const common = { egress, ...portsOf(permission) };
    return peersOf(permission, account).map((peer) => ({ ...common, ...peer }));
  });
}

const protocols: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6', all: '-1' };

function portsOf({ IpProtocol: given = '-1', FromPort: from, ToPort: to }: IpPermission) {
  const protocol = protocols[given.toLowerCase()] ?? given.toLowerCase();
  const named = ['tcp', 'udp', 'icmp', 'icmpv6', '-1'].includes(protocol);
  if (!named && !/^\d{1,3}$/.test(protocol))
    throw invalid(`Invalid value '${given}' for IP protocol. Unknown protocol.`);
  if (protocol !== 'tcp' && protocol !== 'udp') {
    return { protocol, ...(protocol.startsWith('icmp') && { from: from ?? -1, to: to ?? -1 }) };
  }
  if (from === undefined || to === undefined) {
    throw invalid('Invalid value for portRange. Must specify both from and to ports with TCP/UDP.');
  }
  if (from < 0 || to > 65_535 || from > to) throw invalid(`Invalid TCP/UDP port range (${from}:${to})`);
  return { protocol, from, to };
}

type Peer = Pick<GroupRule, 'kind' | 'peer' | 'owner' | 'description'>;

function peersOf(
  { IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [], PrefixListIds = [] }: IpPermission,
  account: string,
): Peer[] {
  const wrong = IpRanges.find(({ CidrIp = '' }) => !isCidr(CidrIp));
  if (wrong) throw cidrBlock(wrong.CidrIp ?? '');
  const told = (description: string | undefined) => (description === undefined ? {} : { description });
  return [
    ...IpRanges.map(({ CidrIp = '', Description }) => ({ kind: 'ipv4' as const, peer: CidrIp, ...told(Description) })),
    ...Ipv6Ranges.map(({ CidrIpv6 = '', Description }) => ({
      kind: 'ipv6' as const,
      peer: CidrIpv6,
      ...told(Description),
    })),
    ...UserIdGroupPairs.map(({ GroupId = '', UserId = account, Description }) => ({
      kind: 'group' as const,
      peer: GroupId,
      owner: UserId,
      ...told(Description),
    })),
    ...PrefixListIds.map(({ PrefixListId = '', Description }) => ({
      kind: 'list' as const,
      peer: PrefixListId,
      ...told(Description),
    })),
  ];
}

function isCidr(text: string): boolean {
  const [, bytes = '', bits = '33'] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(text) ?? [];
  return Number(bits) <= 32 && bytes.split('.').every((byte) => Number(byte) <= 255);
}

/** Until something is changed: a group's own members may come in (the default group's), and everything may go out. */
export function rulesOf(state: Ec2State, group: SecurityGroup): readonly GroupRule[] {
  const known = state.rules.get(group.id);
  if (known) return known;
  const id = (part: string): string => `sgr-${part}${group.id.slice(4)}`;
  const out: GroupRule = { id: id('0'), egress: true, protocol: '-1', kind: 'ipv4', peer: '0.0.0.0/0' };
  const own: GroupRule = {
    id: id('1'),
    egress: false,
    protocol: '-1',
    kind: 'group',
    peer: group.id,
    owner: group.account,
  };
  return group.name === 'default' ? [own, out] : [out];
}

const sameRule = (a: Wanted, b: Wanted): boolean =>
  a.egress === b.egress &&
  a.protocol === b.protocol &&
  a.from === b.from &&
  a.to === b.to &&
  a.kind === b.kind &&
  a.peer === b.peer;

/** @throws InvalidPermission.Duplicate, RulesPerSecurityGroupLimitExceeded */
export function addRules({ state, world }: Ec2, group: SecurityGroup, wanted: readonly Wanted[]): GroupRule[] {
  const known = rulesOf(state, group);
  const twice = wanted.find((rule) => known.some((one) => sameRule(one, rule)));
  if (twice) throw ruleExists(sentenceOf(twice));
  const added = wanted.map((rule) => ({ ...rule, id: freshId(world, 'sgr') }));
  for (const egress of [false, true]) {
    if ([...known, ...added].filter((rule) => rule.egress === egress).length > most) throw rulesLimit();
  }
  state.rules.set(group.id, [...known, ...added]);
  world.changed();
  return added;
}

/** @throws InvalidPermission.NotFound, InvalidSecurityGroupRuleId.NotFound */
export function dropRules(
  { state, world }: Ec2,
  group: SecurityGroup,
  gone: readonly Wanted[],
  ids: readonly string[],
): void {
  const known = rulesOf(state, group);
  const unknown = ids.find((id) => !known.some((rule) => rule.id === id));
  if (unknown !== undefined) throw noSuchRules([unknown]);
  if (gone.some((rule) => !known.some((one) => sameRule(one, rule)))) throw unknownRule();
  state.rules.set(
    group.id,
    known.filter((rule) => !ids.includes(rule.id) && !gone.some((one) => sameRule(one, rule))),
  );
  world.changed();
}

const sentenceOf = ({ peer, protocol, from, to }: Wanted): string =>
  protocol === '-1'
    ? `peer: ${peer}, ALL, ALLOW`
    : `peer: ${peer}, ${protocol.toUpperCase()}, ${protocol.startsWith('icmp') ? `type: ${from}, code: ${to}` : `from port: ${from}, to port: ${to}`}, ALLOW`;

/** Rules of one direction as DescribeSecurityGroups gathers them: by protocol and ports. */
export function permissionsOf(rules: readonly GroupRule[], egress: boolean): IpPermission[] {
  const chosen = rules.filter((rule) => rule.egress === egress);
  const ports = new Map(chosen.map((rule) => [`${rule.protocol} ${rule.from} ${rule.to}`, rule]));
  return [...ports.values()].map(({ protocol, from, to }) => {
    const alike = chosen.filter((rule) => rule.protocol === protocol && rule.from === from && rule.to === to);
    const of = (kind: GroupRule['kind']) => alike.filter((rule) => rule.kind === kind);
    const told = ({ description }: GroupRule) => (description === undefined ? {} : { Description: description });
    return {
      IpProtocol: protocol,
      ...(from !== undefined && { FromPort: from, ToPort: to }),
      IpRanges: of('ipv4').map((rule) => ({ CidrIp: rule.peer, ...told(rule) })),
      Ipv6Ranges: of('ipv6').map((rule) => ({ CidrIpv6: rule.peer, ...told(rule) })),
      PrefixListIds: of('list').map((rule) => ({ PrefixListId: rule.peer, ...told(rule) })),
      UserIdGroupPairs: of('group').map((rule) => ({ GroupId: rule.peer, UserId: rule.owner, ...told(rule) })),
    };
  });
}
