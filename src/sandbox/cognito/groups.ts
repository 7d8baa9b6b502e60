// Groups, which tokens tell as cognito:groups.
import type { GroupType } from '@aws-sdk/client-cognito-identity-provider';
import type { Call } from '../service.ts';
import { findUser, pageOf, poolFor, userFor, type Cognito, type CognitoHandlers } from './cognito.ts';
import { checkConstraints, groupExists, notFound } from './refusals.ts';
import type { Group, Pool } from './state.ts';
import { describeUser } from './users.ts';

export const groupHandlers = (cognito: Cognito) =>
  ({
    CreateGroup({ UserPoolId, GroupName, Description, Precedence, RoleArn }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      checkGroup(GroupName, Precedence);
      if (pool.groups.has(GroupName)) throw groupExists('A group with the name already exists.');
      const group = makeGroup(cognito, pool, GroupName);
      Object.assign(group, { description: Description, precedence: Precedence, roleArn: RoleArn });
      return { Group: describeGroup(pool, group) };
    },
    GetGroup({ UserPoolId, GroupName }, call) {
      const { pool, group } = groupFor(cognito, UserPoolId, GroupName, call);
      return { Group: describeGroup(pool, group) };
    },
    ListGroups({ UserPoolId, Limit = 60, NextToken }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      const { items, next } = pageOf([...pool.groups.values()], NextToken, Limit);
      return {
        Groups: items.map((group) => describeGroup(pool, group)),
        ...(next !== undefined && { NextToken: next }),
      };
    },
    UpdateGroup({ UserPoolId, GroupName, Description, Precedence, RoleArn }, call) {
      const { pool, group } = groupFor(cognito, UserPoolId, GroupName, call);
      checkGroup(GroupName, Precedence);
      group.description = Description ?? group.description;
      group.precedence = Precedence ?? group.precedence;
      group.roleArn = RoleArn ?? group.roleArn;
      group.updated = cognito.world.clock.now();
      cognito.world.changed();
      return { Group: describeGroup(pool, group) };
    },
    DeleteGroup({ UserPoolId, GroupName }, call) {
      const { pool, group } = groupFor(cognito, UserPoolId, GroupName, call);
      pool.groups.delete(group.name);
      cognito.world.changed();
    },
    AdminAddUserToGroup({ UserPoolId, GroupName, Username }, call) {
      const { pool, group } = groupFor(cognito, UserPoolId, GroupName, call);
      group.members.add(userFor(pool, Username).username);
      cognito.world.changed();
    },
    AdminRemoveUserFromGroup({ UserPoolId, GroupName, Username }, call) {
      const { pool, group } = groupFor(cognito, UserPoolId, GroupName, call);
      group.members.delete(userFor(pool, Username).username);
      cognito.world.changed();
    },
    AdminListGroupsForUser({ UserPoolId, Username, Limit = 60, NextToken }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      const { username } = userFor(pool, Username);
      const own = [...pool.groups.values()].filter(({ members }) => members.has(username));
      const { items, next } = pageOf(own, NextToken, Limit);
      return {
        Groups: items.map((group) => describeGroup(pool, group)),
        ...(next !== undefined && { NextToken: next }),
      };
    },
    ListUsersInGroup({ UserPoolId, GroupName, Limit = 60, NextToken }, call) {
      const { pool, group } = groupFor(cognito, UserPoolId, GroupName, call);
      const users = [...group.members].flatMap((name) => findUser(pool, name) ?? []);
      const { items, next } = pageOf(users, NextToken, Limit);
      return { Users: items.map(describeUser), ...(next !== undefined && { NextToken: next }) };
    },
  }) satisfies CognitoHandlers;

export function makeGroup({ world }: Cognito, pool: Pool, name: string, description?: string): Group {
  const now = world.clock.now();
  const group: Group = {
    name,
    created: now,
    updated: now,
    description,
    precedence: undefined,
    roleArn: undefined,
    members: new Set(),
  };
  pool.groups.set(name, group);
  world.changed();
  return group;
}

const checkGroup = (name: string, precedence: number | undefined): void =>
  checkConstraints([
    ['groupName', name, { min: 1, max: 128 }],
    ['precedence', precedence, { min: 0 }],
  ]);

/** @throws ResourceNotFoundException */
function groupFor(cognito: Cognito, poolId: string, name: string, call: Call) {
  const pool = poolFor(cognito, poolId, call);
  const group = pool.groups.get(name);
  if (!group) throw notFound('Group not found.');
  return { pool, group };
}

const describeGroup = (pool: Pool, group: Group): GroupType => ({
  GroupName: group.name,
  UserPoolId: pool.id,
  ...(group.description !== undefined && { Description: group.description }),
  ...(group.precedence !== undefined && { Precedence: group.precedence }),
  ...(group.roleArn !== undefined && { RoleArn: group.roleArn }),
  CreationDate: new Date(group.created),
  LastModifiedDate: new Date(group.updated),
});
