// What roles, user pools, their domains and app clients may be called, and where browsers may be sent back to, in words, before any call.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html

export function mistakeInRoleName(name: string): string | undefined {
  if (name === '') return 'A role needs a name.';
  if (name.length > 64) return `A role's name has 1 to 64 characters; this one has ${name.length}.`;
  return /^[\w+=,.@-]+$/.test(name) ? undefined : "A role's name has only letters, digits and _+=,.@-";
}

export function mistakeInPoolName(name: string): string | undefined {
  return mistakeInCognitoName('A user pool', name);
}

export function mistakeInClientName(name: string): string | undefined {
  return mistakeInCognitoName('An app client', name);
}

function mistakeInCognitoName(what: string, name: string): string | undefined {
  if (name.trim() === '') return `${what} needs a name.`;
  if (name.length > 128) return `${what}'s name has 1 to 128 characters; this one has ${name.length}.`;
  return /^[\w\s+=,.@-]+$/.test(name) ? undefined : `${what}'s name has only letters, digits, blanks and _+=,.@-`;
}

/** Of the address `https://<prefix>.auth.<region>.amazoncognito.com`, which nobody else in the region may have. */
export function mistakeInDomainPrefix(prefix: string): string | undefined {
  if (prefix === '') return 'A domain needs a prefix, which nobody else in the region has.';
  if (prefix.length > 63) return `The prefix has 1 to 63 characters; this one has ${prefix.length}.`;
  if (/[A-Z]/.test(prefix)) return 'The prefix has no capital letters.';
  if (!/^[a-z0-9-]+$/.test(prefix)) return 'The prefix has only a-z, 0-9 and hyphens.';
  if (/^-|-$/.test(prefix)) return 'The prefix begins and ends with a letter or a digit.';
  const reserved = /aws|amazon|cognito/.exec(prefix)?.[0];
  return reserved && `Cognito takes no prefix with "${reserved}" in it.`;
}

/** Callback and sign-out addresses: several, with blanks or commas between. */
export const addressesIn = (text: string): readonly string[] => text.split(/[\s,]+/).filter(Boolean);

const most = 100;

/** `needed`: there must be one at least. */
export function mistakeInAddresses(text: string, needed: boolean): string | undefined {
  const addresses = addressesIn(text);
  if (addresses.length === 0)
    return needed ? 'One address at least, such as https://app.example.com/signed-in' : undefined;
  if (addresses.length > most) return `There may be ${most} addresses; these are ${addresses.length}.`;
  return addresses.map(mistakeInAddress).find((mistake) => mistake !== undefined);
}

function mistakeInAddress(address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null) return `${address} is no address. One begins with https://, or with a scheme of an app's own.`;
  if (/^(?:javascript|data|vbscript|file):$/.test(url.protocol))
    return `Browsers are not sent to ${url.protocol} addresses.`;
  if (address.includes('#')) return `${address} has a fragment (#), which Cognito does not take.`;
  if (address.length > 1024) return 'An address has at most 1,024 characters.';
  const local = /^(?:localhost|127\.0\.0\.1|\[::1\]|[\w.-]+\.localhost)$/.test(url.hostname);
  return url.protocol === 'http:' && !local ? `${address} needs https://; http:// is for localhost only.` : undefined;
}
