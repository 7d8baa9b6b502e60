import { checkVersionId } from './constraints.ts';
import { checkIdentityPolicy, countedLength, encodeDocument } from './documents.ts';
import { secondOf } from './iam.ts';
import type { Iam, IamHandlers } from './iam.ts';
import { pageOf } from './pages.ts';
import { ownPolicyFor, policyFor, versionFor, type AnyPolicy } from './policyStore.ts';
import { conflict, overLimit } from './refusals.ts';
import type { PolicyVersion } from './state.ts';

const most = 5;
const longest = 6144;

export const versionHandlers = (iam: Iam) =>
  ({
    CreatePolicyVersion({ PolicyArn, PolicyDocument: document, SetAsDefault = false }, call) {
      const policy = ownPolicyFor(iam, PolicyArn, call);
      checkPolicySize(document);
      checkIdentityPolicy(document);
      if (policy.versions.size >= most) {
        throw overLimit(
          `A managed policy can have up to ${most} versions. ` +
            'Before you create a new version, you must delete an existing version.',
        );
      }
      const id = `v${++policy.lastVersion}`;
      const version = { document, created: secondOf(iam) };
      policy.versions.set(id, version);
      policy.updated = version.created;
      if (SetAsDefault) policy.defaultVersion = id;
      iam.world.changed();
      return { PolicyVersion: describeVersion(id, version, policy.defaultVersion) };
    },
    GetPolicyVersion({ PolicyArn, VersionId }, call) {
      checkVersionId(VersionId);
      const version = versionFor(iam, PolicyArn, VersionId, call);
      const { defaultVersion } = policyFor(iam, PolicyArn, call).policy;
      const Document = encodeDocument(version.document);
      return { PolicyVersion: { ...describeVersion(VersionId, version, defaultVersion), Document } };
    },
    ListPolicyVersions({ PolicyArn, ...asked }, call) {
      const found = policyFor(iam, PolicyArn, call);
      const { items, more } = pageOf(versionsOf(found).toReversed(), asked);
      const { defaultVersion } = found.policy;
      return { Versions: items.map(([id, version]) => describeVersion(id, version, defaultVersion)), ...more };
    },
    SetDefaultPolicyVersion({ PolicyArn, VersionId }, call) {
      checkVersionId(VersionId);
      versionFor(iam, PolicyArn, VersionId, call);
      const policy = ownPolicyFor(iam, PolicyArn, call);
      policy.defaultVersion = VersionId;
      policy.updated = secondOf(iam);
      iam.world.changed();
    },
    DeletePolicyVersion({ PolicyArn, VersionId }, call) {
      checkVersionId(VersionId);
      versionFor(iam, PolicyArn, VersionId, call);
      const policy = ownPolicyFor(iam, PolicyArn, call);
      if (policy.defaultVersion === VersionId) throw conflict('Cannot delete the default version of a policy.');
      policy.versions.delete(VersionId);
      iam.world.changed();
    },
  }) satisfies IamHandlers;

/** @throws LimitExceeded */
export function checkPolicySize(document: string): void {
  if (countedLength(document) > longest) throw overLimit(`Cannot exceed quota for PolicySize: ${longest}`);
}

/** Of AWS's policies only the current version is known. */
function versionsOf(found: AnyPolicy): [string, PolicyVersion][] {
  if (found.kind === 'customer') return [...found.policy.versions];
  const { defaultVersion, document, created } = found.policy;
  return [[defaultVersion, { document, created }]];
}

const describeVersion = (id: string, { created }: PolicyVersion, defaultVersion: string) => ({
  VersionId: id,
  IsDefaultVersion: id === defaultVersion,
  CreateDate: new Date(created),
});
