// Policy documents as IAM takes and gives them: checked on the way in, percent-encoded on the way out.
import { parsePolicy } from '../policy/parsePolicy.ts';
import type { PolicyProblem, Statement } from '../policy/policy.ts';
import { malformed } from './refusals.ts';

/** What a policy may do, without principals. @throws MalformedPolicyDocument */
export function checkIdentityPolicy(text: string): void {
  const { policy, problems } = parsePolicy(text, 'identity');
  if (policy === undefined) throw malformed(worded(problems, text));
  if (policy.version !== '2012-10-17') throw malformed('Policy document must be version 2012-10-17 or greater.');
  for (const { resources } of policy.statements) {
    for (const resource of resources?.patterns ?? []) checkResource(resource);
  }
}

/** Older words than those of the policies of resources: structure is one thing, principals and what is missing are others. */
function worded(problems: readonly PolicyProblem[], text: string): string {
  const messages = problems.map(({ message }) => message);
  const has = (pattern: RegExp) => messages.some((message) => pattern.test(message));
  if (has(/^Syntax|^Unknown field|^Id must|^Version must|Statement|Effect|not both|Condition type|^Sid must/)) {
    const sids = messages.find((message) => message.startsWith('Statement IDs'));
    return sids !== undefined && messages.length === 1 ? sids : 'Syntax errors in policy.';
  }
  if (has(/prohibited field (Not)?Principal/)) return 'Policy document should not specify a principal.';
  if (has(/Missing required field Action|must contain actions/)) return 'Policy statement must contain actions.';
  if (has(/Missing required field Resource|must contain resources/)) return 'Policy statement must contain resources.';
  const resource = messages.find((message) => message.startsWith('Resource '));
  if (resource !== undefined) return resource;
  const action = problems.find(({ message }) => message.startsWith('Actions/Conditions'));
  return action === undefined ? 'Syntax errors in policy.' : actionWords(action, text);
}

/** What is wrong with an action depends on how it is written. */
function actionWords({ path, message }: PolicyProblem, text: string): string {
  const written = path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[step] : undefined),
    JSON.parse(text),
  );
  const [vendor = '', , ...more] = typeof written === 'string' ? written.split(':') : [];
  if (more.length > 0) return 'Actions/Condition can contain only one colon.';
  return /\s/.test(vendor) ? `Vendor ${vendor} is not valid` : message;
}

function checkResource(resource: string): void {
  if (!resource.startsWith('arn:')) return;
  const [, partition = '', vendor = ''] = resource.split(':');
  if (!/^(aws[\w-]*|\*)$/.test(partition)) {
    const parts = [...resource.split(':'), '*', '*', '*', '*'].slice(0, Math.max(6, resource.split(':').length));
    throw malformed(`Partition "${partition}" is not valid for resource "${parts.join(':')}".`);
  }
  if (vendor === '') throw malformed('Resource vendor must be fully qualified and cannot contain regexes.');
  if (resource.split(':').length < 6) throw malformed('The policy failed legacy parsing');
}

/**
 * Who may assume a role. `known` tells whether a user or role of an account that is here exists.
 * @throws MalformedPolicyDocument
 */
export function checkTrustPolicy(text: string, known: (arn: string) => boolean): void {
  const { policy, problems } = parsePolicy(text, 'trust');
  if (policy === undefined) throw malformed(trustWords(problems));
  for (const statement of policy.statements) {
    if (!statement.actions.patterns.every((action) => /^sts:/i.test(action))) {
      throw malformed('AssumeRole policy may only specify STS AssumeRole actions.');
    }
    checkPrincipals(statement, known);
  }
}

function trustWords([first]: readonly PolicyProblem[]): string {
  if (first === undefined || /this is not JSON/.test(first.message)) return 'This policy contains invalid Json';
  return first.message;
}

const federated =
  /^(?:arn:aws[\w-]*:iam::\d{12}:(?:saml-provider\/[\w.-]+|oidc-provider\/\S+)|[a-z0-9-]+(?:\.[a-z0-9-]+)+|\*)$/i;

function checkPrincipals({ principals }: Statement, known: (arn: string) => boolean): void {
  const stranger = principals?.named.AWS?.find((name) => /:iam::\d{12}:(role|user)\//.test(name) && !known(name));
  if (stranger !== undefined) throw malformed(`Invalid principal in policy: "AWS":"${stranger}"`);
  if (principals?.named.Federated?.some((name) => !federated.test(name)))
    throw malformed('Federated principals must be valid domain names or SAML metadata ARNs');
}

/** As all of IAM's answers have documents: percent-encoded as RFC 3986 says. */
export const encodeDocument = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** IAM does not count white space. */
export const countedLength = (text: string): number => text.replaceAll(/\s/g, '').length;
