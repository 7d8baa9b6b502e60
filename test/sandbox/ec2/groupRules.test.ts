import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEc2, refused, type OpenEc2 } from './openEc2.ts';

let open: OpenEc2;
let GroupId: string | undefined;
beforeAll(async () => {
  open = await openEc2();
  ({ GroupId } = await open.ec2.send(new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web' })));
}, 60_000);
afterAll(() => open.aws.stop());

const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'all' }] };
const group = async () =>
  (await open.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId ?? ''] }))).SecurityGroups?.[0];

it('lets in once what is allowed, and takes it back', async () => {
  const allow = new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] });
  const { SecurityGroupRules } = await open.ec2.send(allow);
  expect(SecurityGroupRules).toMatchObject([
    {
      GroupId,
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      CidrIpv4: '0.0.0.0/0',
      Description: 'all',
    },
  ]);
  await expect(open.ec2.send(allow)).rejects.toMatchObject(
    refused(
      'InvalidPermission.Duplicate',
      'the specified rule "peer: 0.0.0.0/0, TCP, from port: 22, to port: 22, ALLOW" already exists',
    ),
  );
  expect((await group())?.IpPermissions).toMatchObject([ssh]);
  const revoke = new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] });
  await open.ec2.send(revoke);
  await expect(open.ec2.send(revoke)).rejects.toMatchObject(
    refused('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.'),
  );
  expect((await group())?.IpPermissions ?? []).toEqual([]);
});

it('everything may go out, until that is revoked', async () => {
  const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  const again = new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [everything] });
  await expect(open.ec2.send(again)).rejects.toMatchObject({
    message: 'the specified rule "peer: 0.0.0.0/0, ALL, ALLOW" already exists',
  });
  const Filters = [{ Name: 'group-id', Values: [GroupId ?? ''] }];
  const { SecurityGroupRules = [] } = await open.ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  const SecurityGroupRuleIds = SecurityGroupRules.map(({ SecurityGroupRuleId = '' }) => SecurityGroupRuleId);
  await open.ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, SecurityGroupRuleIds }));
  expect((await group())?.IpPermissionsEgress ?? []).toEqual([]);
  await open.ec2.send(again);
});

it.each([
  [{ ...ssh, IpRanges: [{ CidrIp: 'x' }] }, 'CIDR block x is malformed'],
  [{ ...ssh, IpProtocol: 'foo' }, "Invalid value 'foo' for IP protocol. Unknown protocol."],
  [{ ...ssh, FromPort: 30 }, 'Invalid TCP/UDP port range (30:22)'],
])('refuses rules that are none: %j', async (rule, message) => {
  const allow = open.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [rule] }));
  await expect(allow).rejects.toMatchObject(refused('InvalidParameterValue', message));
});

it('knows which group is not there', async () => {
  const input = { GroupId: 'sg-0123456789abcdef0', IpPermissions: [ssh] };
  await expect(open.ec2.send(new AuthorizeSecurityGroupIngressCommand(input))).rejects.toMatchObject(
    refused('InvalidGroup.NotFound', "The security group 'sg-0123456789abcdef0' does not exist"),
  );
});
