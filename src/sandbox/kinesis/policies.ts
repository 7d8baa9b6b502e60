import { parsePolicy } from '../policy/parsePolicy.ts';
import { insist, matching } from './constraints.ts';
import { resourceFor } from './consumers.ts';
import { arnPattern } from './kinesis.ts';
import type { Kinesis, KinesisHandlers } from './kinesis.ts';
import { invalid, notFound } from './refusals.ts';

export const policyHandlers = (kinesis: Kinesis) =>
  ({
    PutResourcePolicy({ ResourceARN, Policy }, call) {
      insist(matching(ResourceARN, 'resourceARN', arnPattern));
      const resource = resourceFor(kinesis, ResourceARN, 'PutResourcePolicy', call);
      const [problem] = parsePolicy(Policy).problems;
      if (problem !== undefined) throw invalid(`Invalid resource policy: ${problem.message}`);
      resource.policy = Policy;
      kinesis.world.changed();
    },
    /** Without a policy AWS gives an empty one, as recorded. */
    GetResourcePolicy({ ResourceARN }, call) {
      insist(matching(ResourceARN, 'resourceARN', arnPattern));
      const { policy = '{}' } = resourceFor(kinesis, ResourceARN, 'GetResourcePolicy', call);
      return { Policy: policy };
    },
    DeleteResourcePolicy({ ResourceARN }, call) {
      insist(matching(ResourceARN, 'resourceARN', arnPattern));
      const resource = resourceFor(kinesis, ResourceARN, 'DeleteResourcePolicy', call);
      if (resource.policy === undefined) throw noPolicy(ResourceARN);
      resource.policy = undefined;
      kinesis.world.changed();
    },
  }) satisfies KinesisHandlers;

const noPolicy = (arn: string) => notFound(`No resource policy found for resource ARN ${arn}`);
