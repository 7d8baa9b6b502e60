// What hangs on a role and has to come off before it can be removed: policies of its own, policies attached to it, instance profiles.
// What is gone meanwhile, or with the role itself, is gone.
import type { Look } from '../kind.ts';
import { unlessMissing } from '../lookup.ts';

const missing = ['NoSuchEntityException', 'NoSuchEntity'] as const;

interface Marked {
  readonly Marker?: string | undefined;
}

/** All pages of one of IAM's lists; none where the role is gone. */
async function allOf<P extends Marked, T>(
  read: (place: { readonly Marker?: string }) => Promise<P | undefined>,
  of: (page: P) => readonly T[] | undefined,
): Promise<readonly T[]> {
  const all: T[] = [];
  let next: string | undefined;
  do {
    const page: P | undefined = await read(next === undefined ? {} : { Marker: next });
    all.push(...((page && of(page)) ?? []));
    next = page?.Marker;
  } while (next !== undefined);
  return all;
}

/** Names. */
export const inlineIn = (look: Look, RoleName: string): Promise<readonly string[]> =>
  allOf(
    (place) =>
      unlessMissing(
        (options) => look.target.send('iam.ListRolePolicies', { RoleName, ...place }, options),
        look,
        missing,
      ),
    ({ PolicyNames }) => PolicyNames,
  );

/** ARNs. */
export async function attachedTo(look: Look, RoleName: string): Promise<readonly string[]> {
  const policies = await allOf(
    (place) =>
      unlessMissing(
        (options) => look.target.send('iam.ListAttachedRolePolicies', { RoleName, ...place }, options),
        look,
        missing,
      ),
    ({ AttachedPolicies }) => AttachedPolicies,
  );
  return policies.flatMap(({ PolicyArn }) => PolicyArn ?? []);
}

async function profilesOf(look: Look, RoleName: string): Promise<readonly string[]> {
  const profiles = await allOf(
    (place) =>
      unlessMissing(
        (options) => look.target.send('iam.ListInstanceProfilesForRole', { RoleName, ...place }, options),
        look,
        missing,
      ),
    ({ InstanceProfiles }) => InstanceProfiles,
  );
  return profiles.flatMap(({ InstanceProfileName }) => InstanceProfileName ?? []);
}

/** Instance profiles stay, without the role. */
export async function stripRole(look: Look, RoleName: string): Promise<void> {
  const { target } = look;
  for (const InstanceProfileName of await profilesOf(look, RoleName)) {
    const input = { InstanceProfileName, RoleName };
    await unlessMissing((options) => target.send('iam.RemoveRoleFromInstanceProfile', input, options), look, missing);
  }
  for (const PolicyArn of await attachedTo(look, RoleName))
    await unlessMissing(
      (options) => target.send('iam.DetachRolePolicy', { RoleName, PolicyArn }, options),
      look,
      missing,
    );
  for (const PolicyName of await inlineIn(look, RoleName))
    await unlessMissing(
      (options) => target.send('iam.DeleteRolePolicy', { RoleName, PolicyName }, options),
      look,
      missing,
    );
}
