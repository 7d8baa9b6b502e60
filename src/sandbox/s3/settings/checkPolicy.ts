// What S3 refuses in a bucket's policy, in its own words, beyond what every policy must be.
import { parsePolicy } from '../../policy/parsePolicy.ts';
import type { Policy, Statement } from '../../policy/policy.ts';
import { refuse } from '../errors.ts';
import { isActionPattern } from './actionNames.ts';

export const malformed = (message: string, detail?: string) =>
  refuse('MalformedPolicy', message, 400, detail === undefined ? {} : { Detail: detail });
const longest = 20 * 1024;

/** @throws MalformedPolicy */
export function checkPolicy(text: string, bucketArn: string): Policy {
  if (!text.startsWith('{') || !isJson(text))
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  if (Buffer.byteLength(text) > longest) {
    throw refuse('PolicyTooLarge', 'Policy document exceeds the maximum allowed document size of 20480 bytes.');
  }
  const { policy, problems } = parsePolicy(text, 'resource');
  if (!policy) throw malformed(sentenceOf(problems[0]));
  for (const statement of policy.statements) checkStatement(statement, bucketArn);
  return policy;
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function sentenceOf(problem: Problem | undefined): string {
  const { path = [], message = '' } = problem ?? {};
  if (message.startsWith('Invalid principal') || message.includes('type of principal'))
    return 'Invalid principal in policy';
  if (path.includes('Condition') && message.startsWith('Actions/Conditions'))
    return 'Policy has an invalid condition key';
  if (message.startsWith('Actions/Conditions')) return 'Policy has invalid action';
  if (message.startsWith('Resource ')) return 'Policy has invalid resource';
  if (path.at(-1) === 'Version') return 'The policy must contain a valid version string';
  if (path.at(-1) === 'Effect') return 'Invalid effect : must be Allow or Deny';
  return message;
}

function checkStatement({ actions, resources, conditions }: Statement, bucketArn: string): void {
  if (!conditions.every(({ key }) => isConditionKey(key))) throw malformed('Policy has an invalid condition key');
  if (!actions.patterns.every((action) => action === '*' || isActionPattern(action)))
    throw malformed('Policy has invalid action');
  const inside = (resource: string): boolean =>
    resource === bucketArn || resource.startsWith(`${bucketArn}/`) || matchesStart(resource, bucketArn);
  if (resources?.patterns.some((resource) => !inside(resource))) throw malformed('Policy has invalid resource');
  const aboutObjects = (action: string): boolean => /^s3:(get|put|delete|restore|abort)\w*object/i.test(action);
  const aboutBucket = (action: string): boolean => /^s3:(listbucket|getbucket|putbucket|deletebucket)/i.test(action);
  if (actions.not || resources === undefined || resources.not) return;
  // Every action must find a resource of its kind: that of a bucket, or of objects in it.
  const hasObjects = resources.patterns.some((resource) => resource.includes('/') || resource.includes('*'));
  const hasBucket = resources.patterns.some((resource) => !resource.includes('/') || /\*.*\//.test(resource));
  const fits = actions.patterns.some(
    (action) => (!aboutObjects(action) || hasObjects) && (!aboutBucket(action) || hasBucket),
  );
  if (!fits) throw malformed('Action does not apply to any resource(s) in statement');
}

const isConditionKey = (key: string): boolean => /^(aws|s3|s3-outposts|s3-object-lambda|saml|kms|sts|ec2):/i.test(key);

/** A wildcard early enough takes the bucket in: 'arn:aws:s3:::*'. */
function matchesStart(resource: string, bucketArn: string): boolean {
  const wild = resource.search(/[*?]/);
  return wild >= 0 && bucketArn.startsWith(resource.slice(0, wild));
}
