// AWS's own managed policies, those that labs use: the documents as AWS publishes them. A policy that is not in this table is not there.
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
import { createHash } from 'node:crypto';
import { awsPolicyRows } from './awsPolicyRows.ts';

export interface AwsPolicy {
  readonly arn: string;
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly defaultVersion: string;
  readonly document: string;
  readonly created: number;
  readonly updated: number;
}

const since = Date.parse('2015-02-06T18:40:00Z');

const byArn: ReadonlyMap<string, AwsPolicy> = new Map(
  Object.entries(awsPolicyRows).map(([place, { version = 1, description, statements }]) => {
    const arn = `arn:aws:iam::aws:policy/${place}`;
    const slash = place.lastIndexOf('/') + 1;
    const document = JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2);
    const name = place.slice(slash);
    const path = `/${place.slice(0, slash)}`;
    const policy = { arn, id: idOf(arn), path, name, description, defaultVersion: `v${version}`, document };
    return [arn, { ...policy, created: since, updated: since }] as const;
  }),
);

export const awsPolicies = (): readonly AwsPolicy[] => [...byArn.values()];
export const awsPolicy = (arn: string): AwsPolicy | undefined => byArn.get(arn);

/** Always the same for the same policy. */
function idOf(arn: string): string {
  const bytes = createHash('sha256').update(arn).digest().subarray(0, 17);
  return `ANPA${[...bytes].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(byte % 32)).join('')}`;
}
