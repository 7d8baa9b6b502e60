import { checkName, readPath } from './constraints.ts';
import { freshId, ownOf, profileFor, roleFor, secondOf } from './iam.ts';
import type { Iam, IamHandlers } from './iam.ts';
import { pageOf } from './pages.ts';
import { conflict, notInProfile, overLimit, profileExists } from './refusals.ts';
import { describeRole } from './roles.ts';
import { keyOf, type InstanceProfile } from './state.ts';
import { readTags, tagList, tagsIfAny } from './tags.ts';

export const instanceProfileHandlers = (iam: Iam) =>
  ({
    CreateInstanceProfile({ InstanceProfileName: name, Path, Tags }, { account }) {
      checkName('instanceProfileName', name, 128);
      const path = readPath(Path);
      const tags = readTags(Tags);
      const key = keyOf(account, name);
      if (iam.state.profiles.has(key)) throw profileExists(name);
      const arn = `arn:aws:iam::${account}:instance-profile${path}${name}`;
      const created = secondOf(iam);
      const profile = { account, id: freshId(iam, 'AIPA'), arn, path, name, created, tags, role: undefined };
      iam.state.profiles.set(key, profile);
      iam.world.changed();
      return { InstanceProfile: { ...describeProfile(iam, profile), ...tagsIfAny(tags) } };
    },
    GetInstanceProfile({ InstanceProfileName }, call) {
      const profile = profileFor(iam, InstanceProfileName, call);
      return { InstanceProfile: { ...describeProfile(iam, profile), Tags: tagList(profile.tags) } };
    },
    ListInstanceProfiles({ PathPrefix = '/', ...asked }, call) {
      const own = ownOf(iam.state.profiles, call).filter(({ path }) => path.startsWith(PathPrefix));
      const { items, more } = pageOf(own, asked);
      return { InstanceProfiles: items.map((profile) => describeProfile(iam, profile)), ...more };
    },
    ListInstanceProfilesForRole({ RoleName, ...asked }, call) {
      const role = roleFor(iam, RoleName, call);
      const having = ownOf(iam.state.profiles, call).filter((profile) => profile.role === role.name);
      const { items, more } = pageOf(having, asked);
      return { InstanceProfiles: items.map((profile) => describeProfile(iam, profile)), ...more };
    },
    AddRoleToInstanceProfile({ InstanceProfileName, RoleName }, call) {
      const profile = profileFor(iam, InstanceProfileName, call);
      const role = roleFor(iam, RoleName, call);
      if (profile.role !== undefined) throw overLimit('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
      profile.role = role.name;
      iam.world.changed();
    },
    RemoveRoleFromInstanceProfile({ InstanceProfileName, RoleName }, call) {
      const profile = profileFor(iam, InstanceProfileName, call);
      const role = roleFor(iam, RoleName, call);
      if (profile.role !== role.name) throw notInProfile(RoleName, InstanceProfileName);
      profile.role = undefined;
      iam.world.changed();
    },
    DeleteInstanceProfile({ InstanceProfileName }, call) {
      const profile = profileFor(iam, InstanceProfileName, call);
      if (profile.role !== undefined) {
        throw conflict('Cannot delete entity, must remove roles from instance profile first.');
      }
      iam.state.profiles.delete(keyOf(call.account, InstanceProfileName));
      iam.world.changed();
    },
  }) satisfies IamHandlers;

function describeProfile({ state }: Iam, profile: InstanceProfile) {
  const role = profile.role === undefined ? undefined : state.roles.get(keyOf(profile.account, profile.role));
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    CreateDate: new Date(profile.created),
    Roles: role === undefined ? [] : [describeRole(role)],
  };
}
