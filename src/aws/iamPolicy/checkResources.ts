import type { Node } from 'jsonc-parser';
import { expandAction, serviceNames } from './actions.ts';
import { isArnPattern, isInBucket, matchesPattern } from './arn.ts';
import type { Findings } from './findings.ts';
import { oneOf } from './oneOf.ts';
import { isText, listOf, memberOf, replace, setBelow, textsOf, type TextNode } from './tree.ts';

/** On what: ARNs, which in a resource's own policy mean this resource. */
export function checkResources(statement: Node, findings: Findings): void {
  const member = oneOf(statement, 'Resource', 'NotResource', findings);
  if (member === undefined) {
    if (findings.of.kind !== 'unknown') missing(statement, findings);
    return;
  }
  const { value, name } = member;
  if (value?.type === 'array' && listOf(value).length === 0)
    findings.error('resource-empty', value, `${name} is empty. Name a resource.`);
  for (const each of listOf(value)) {
    if (isText(each)) checkResource(each, findings);
    else findings.error('resource-form', each, 'A resource is a text. Put it into double quotes.');
  }
  if (name === 'Resource' && findings.of.service === 's3') checkFit(statement, textsOf(value), findings);
}

function missing(statement: Node, findings: Findings): void {
  const { arn } = findings.of;
  const fixes = arn === undefined ? [] : [fixTo(arn, setBelow(findings.tree, statement, ['Resource'], arn))];
  findings.error('resource-missing', statement, 'The statement has no Resource. Say on what, by its ARN.', ...fixes);
}

const fixTo = (arn: string, edits: ReturnType<typeof replace>) => ({ title: `Use ${arn}`, edits });

function checkResource(node: Node & { readonly value: string }, findings: Findings): void {
  const { value } = node;
  const { arn, service } = findings.of;
  if (value === '*') return;
  const fixes = arn === undefined ? [] : [fixTo(arn, replace(node, JSON.stringify(arn)))];
  if (!isArnPattern(value)) {
    const message = `"${value}" is no ARN. It is like arn:partition:service:region:account:name.`;
    findings.error('resource-arn', node, message, ...fixes);
    return;
  }
  if (arn === undefined || service === undefined) return;
  const own = service === 's3' ? isInBucket(value, arn) : matchesPattern(value, arn);
  if (own) return;
  const what = { sns: 'topic', sqs: 'queue', s3: 'bucket' }[service];
  const message = `This is the policy of another ${what}: ${serviceNames[service]} takes only statements on ${arn}. Correct the Resource.`;
  findings.error('resource-foreign', node, message, ...fixes);
}

/** S3 refuses a statement with an action that has no resource of its kind. */
function checkFit(statement: Node, resources: readonly TextNode[], findings: Findings): void {
  const named = memberOf(statement, 'Action')?.value;
  const { arn } = findings.of;
  if (resources.length === 0 || named === undefined) return;
  const hasObjects = resources.some(({ text }) => text.includes('/') || /[*?]/.test(text));
  const hasBucket = resources.some(({ text }) => !text.includes('/') || /\*.*\//.test(text));
  const fits = (action: string): boolean => {
    const meant = expandAction(action);
    return meant.length === 0 || meant.some(({ about }) => (about === 'object' ? hasObjects : hasBucket));
  };
  for (const { node, text } of textsOf(named)) {
    if (fits(text)) continue;
    const wanted = arn === undefined ? undefined : hasObjects ? arn : `${arn}/*`;
    const about = hasObjects ? 'buckets' : 'objects, which end in /*';
    const edits =
      wanted === undefined
        ? []
        : setBelow(findings.tree, statement, ['Resource'], [...resources.map((each) => each.text), wanted]);
    const fixes = wanted === undefined ? [] : [{ title: `Add ${wanted} to Resource`, edits }];
    findings.error('resource-kind', node, `${text} is about ${about}, and no Resource here is one. Add it.`, ...fixes);
  }
}
