// ARNs and patterns of them. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html

/** Six parts, of which each may hold wildcards and the third to fifth may be empty. */
export function isArnPattern(text: string): boolean {
  const [scheme, partition, service, region, account, ...resource] = text.split(':');
  return (
    scheme === 'arn' &&
    /^(aws[a-z-]*|[\w*?-]*[*?][\w*?-]*)$/.test(partition ?? '') &&
    /^[a-z0-9*?-]+$/.test(service ?? '') &&
    /^[a-z0-9*?-]*$/.test(region ?? '') &&
    /^(\d{12}|aws|cloudfront|[\d*?]*[*?][\d*?]*|\$\{[^}]+\}|)$/.test(account ?? '') &&
    resource.join(':') !== ''
  );
}

export const hasWildcard = (text: string): boolean => /[*?]/.test(text.replaceAll(/\$\{[^}]*\}/g, ''));

/** `*` for any text, `?` for one character. Goes back to the last star only, so that no pattern takes long. */
export function matchesPattern(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let index = 0; index < text.length;) {
    if (pattern[at] === '*') {
      star = at++;
      afterStar = index;
    } else if (pattern[at] === '?' || pattern[at] === text[index]) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++afterStar;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

/** Whether a pattern of `Resource` can mean this bucket or anything in it. */
export function isInBucket(pattern: string, bucketArn: string): boolean {
  if (pattern === bucketArn || pattern.startsWith(`${bucketArn}/`)) return true;
  const wild = pattern.search(/[*?]/);
  return wild >= 0 && bucketArn.startsWith(pattern.slice(0, wild));
}
