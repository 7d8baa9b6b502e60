// Requests to IAM and Cognito about SAML providers, looked at before they are sent: what AWS would refuse, and the field that is
// at fault. Rules 33, 35, 36, 38, 39 and 50; those of the metadata itself are in `validate`.
import type { Severity } from './finding.ts';
import { ruleOf, type RuleId } from './rules/ruleTable.ts';

export interface RequestFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** The name of the parameter. */
  readonly field: string;
  readonly message: string;
  readonly why: string;
  readonly awsMessage?: string;
}

function told(
  rule: RuleId,
  field: string,
  message: string,
  awsMessage = ruleOf(rule).awsMessage,
  severity: Severity = 'error',
): RequestFinding {
  return { rule, severity, field, message, why: ruleOf(rule).why, ...(awsMessage !== undefined && { awsMessage }) };
}

const when = (bad: boolean, finding: () => RequestFinding): RequestFinding[] => (bad ? [finding()] : []);

export interface IamProviderRequest {
  readonly name?: string;
  readonly encryptionMode?: string;
  readonly addPrivateKey?: string;
  readonly removePrivateKey?: string;
  /** How many the provider has already. */
  readonly privateKeys?: number;
}

export function checkIamProvider(request: IamProviderRequest): RequestFinding[] {
  const { name, encryptionMode, addPrivateKey: add, removePrivateKey: remove, privateKeys = 0 } = request;
  const pem =
    add === undefined || (/^[\t\n\r\x20-\xff]{1,16384}$/.test(add) && /-----BEGIN (?:RSA )?PRIVATE KEY-----/.test(add));
  return [
    ...when(name !== undefined && !/^[\w.-]{1,128}$/.test(name), () =>
      told('R33', 'Name', 'The name may have 1 to 128 letters, digits and _ . - only.'),
    ),
    ...when(!pem, () => told('R39', 'AddPrivateKey', 'The private key should be PEM of at most 16,384 characters.')),
    ...when(encryptionMode !== undefined && !['Required', 'Allowed'].includes(encryptionMode), () =>
      told('R39', 'AssertionEncryptionMode', 'The mode is Required or Allowed.', 'InvalidInput'),
    ),
    ...when(encryptionMode === 'Required' && add === undefined && privateKeys === 0, () =>
      told(
        'R39',
        'AssertionEncryptionMode',
        'Required needs a private key.',
        'Unable to set assertion encryption mode to Required because no private key is provided.',
      ),
    ),
    ...when(add !== undefined && remove !== undefined, () =>
      told(
        'R39',
        'AddPrivateKey',
        'A key is added or removed, not both in one request.',
        'Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.',
      ),
    ),
    ...when(add !== undefined && remove === undefined && privateKeys >= 2, () =>
      told('R39', 'AddPrivateKey', 'The provider has two private keys already.', 'Private key limit of 2 is reached.'),
    ),
    ...when(remove !== undefined && !/^[A-Z0-9]{22,64}$/.test(remove), () =>
      told(
        'R39',
        'RemovePrivateKey',
        'The key is named by its ID of 22 to 64 capitals and digits.',
        'Failed to remove private key.',
      ),
    ),
  ];
}

export interface CognitoProviderRequest {
  readonly providerName: string;
  readonly identifiers?: readonly string[];
  readonly attributeMapping?: Readonly<Record<string, string>>;
  readonly details: Readonly<Record<string, string>>;
  /** Attributes that the user pool requires. */
  readonly requiredAttributes?: readonly string[];
}

const providerName = /^[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+$/u;

export function checkCognitoProvider(request: CognitoProviderRequest): RequestFinding[] {
  const { providerName: name, identifiers = [], attributeMapping = {}, details, requiredAttributes = [] } = request;
  const flags = ['IDPInit', 'IDPSignout', 'EncryptedResponses'].filter(
    (flag) => details[flag] !== undefined && !/^(?:true|false)$/.test(details[flag]),
  );
  const missing = requiredAttributes.filter((attribute) => attributeMapping[attribute] === undefined);
  const { MetadataURL: url, MetadataFile: file, RequestSigningAlgorithm: signing } = details;
  return [
    ...when(!providerName.test(name) || [...name].length > 32, () =>
      told('R35', 'ProviderName', 'The name has 3 to 32 characters, no blanks, and no _ at its beginning or end.'),
    ),
    ...when(identifiers.length > 50 || identifiers.some((one) => !/^[\w\s+=.@-]{1,40}$/.test(one)), () =>
      told('R35', 'IdpIdentifiers', 'There may be 50 identifiers of 1 to 40 letters, digits, blanks and _+=.@-'),
    ),
    ...when(
      Object.keys(attributeMapping).some((key) => key.length === 0 || key.length > 32),
      () => told('R35', 'AttributeMapping', 'The names of attributes of the pool have 1 to 32 characters.'),
    ),
    ...when(!url && !file, () => told('R36', 'ProviderDetails', 'Give MetadataURL or MetadataFile.')),
    ...when(url !== undefined && url !== '' && !/^https:\/\//i.test(url), () =>
      told(
        'R36',
        'MetadataURL',
        'The address of the metadata should begin with https://.',
        'InvalidParameterException',
      ),
    ),
    ...when((file?.length ?? 0) > 131_072, () =>
      told('R34', 'MetadataFile', `The metadata has ${file?.length} characters; 131,072 are taken.`),
    ),
    ...when(signing !== undefined && signing !== 'rsa-sha256', () =>
      told('R36', 'RequestSigningAlgorithm', 'Only rsa-sha256 is known.', 'InvalidParameterException'),
    ),
    ...flags.map((flag) => told('R36', flag, `${flag} is "true" or "false".`, 'InvalidParameterException')),
    ...when(missing.length > 0, () =>
      told(
        'R38',
        'AttributeMapping',
        `The user pool requires ${missing.join(', ')}, which nothing is mapped to: sign-in would fail.`,
        undefined,
        'warning',
      ),
    ),
  ];
}

export interface TrustPolicyExpectation {
  readonly providerArn: string;
  /** The addresses that assertions are sent to: see `signInUrl`. */
  readonly recipients: readonly string[];
}

/** `policy`: the parsed JSON of a role's trust policy. */
export function checkTrustPolicy(
  policy: unknown,
  { providerArn, recipients }: TrustPolicyExpectation,
): RequestFinding[] {
  const statements = listOf(isRecord(policy) ? policy['Statement'] : undefined).filter(isRecord);
  const warn = (field: string, message: string) => told('R50', field, message, undefined, 'warning');
  const own = statements.find(
    ({ Effect, Principal }) =>
      Effect === 'Allow' && isRecord(Principal) && listOf(Principal['Federated']).includes(providerArn),
  );
  if (!own) return [warn('Principal', `No statement allows the federated principal ${providerArn}.`)];
  const audiences = listOf(conditionOf(own, 'SAML:aud')).filter((one) => typeof one === 'string');
  const missing = recipients.filter((recipient) => !audiences.includes(recipient));
  return [
    ...when(!listOf(own['Action']).includes('sts:AssumeRoleWithSAML'), () =>
      warn('Action', 'The action sts:AssumeRoleWithSAML is not allowed.'),
    ),
    ...when(audiences.length === 0, () =>
      warn('Condition', 'There is no condition on SAML:aud: assertions sent to anybody would do.'),
    ),
    ...when(audiences.length > 0 && missing.length > 0, () =>
      warn(
        'Condition',
        `SAML:aud lacks ${missing.join(', ')}. It is compared with the Recipient, not with the Audience.`,
      ),
    ),
  ];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

function conditionOf({ Condition }: Readonly<Record<string, unknown>>, key: string): unknown {
  if (!isRecord(Condition)) return undefined;
  const found = Object.values(Condition)
    .filter(isRecord)
    .flatMap((one) => Object.entries(one));
  return found.find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}
