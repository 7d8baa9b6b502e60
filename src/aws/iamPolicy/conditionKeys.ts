// Condition keys: the global ones, those of SNS and S3 (SQS has none of its own), and those of SAML in trust policies.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
import type { PolicyService } from './model.ts';
import type { ValueType } from './operators.ts';

export interface ConditionKey {
  /** One that ends with a slash goes on with the name of a tag. */
  readonly name: string;
  readonly type: ValueType;
  /** A request can hold many values of it: it is asked for with ForAllValues or ForAnyValue. */
  readonly many?: true;
  readonly what: string;
}

const key = (name: string, type: ValueType, what: string): ConditionKey => ({ name, type, what });
const many = (name: string, what: string): ConditionKey => ({ name, type: 'String', many: true, what });

const globalKeys: readonly ConditionKey[] = [
  key('aws:SourceArn', 'ARN', 'The resource on whose behalf a service calls: a bucket, a topic, a rule.'),
  key('aws:SourceAccount', 'String', 'The account of the resource on whose behalf a service calls.'),
  key('aws:SourceOwner', 'String', 'The owner of the topic. Older than `aws:SourceAccount`, and known to SNS only.'),
  key('aws:SourceOrgID', 'String', 'The organization of the resource on whose behalf a service calls.'),
  many('aws:SourceOrgPaths', 'Where in its organization that resource is.'),
  key('aws:SourceIp', 'IP', "The caller's public address."),
  key('aws:SourceVpc', 'String', 'The VPC the request comes through.'),
  key('aws:SourceVpcArn', 'ARN', 'The ARN of the VPC the request comes through.'),
  key('aws:SourceVpce', 'String', 'The VPC endpoint the request comes through.'),
  key('aws:SourceIdentity', 'String', 'The source identity set when the role was assumed.'),
  key('aws:SecureTransport', 'Bool', 'Whether the request came over TLS.'),
  key('aws:PrincipalAccount', 'String', "The caller's account."),
  key('aws:PrincipalArn', 'ARN', "The caller's user, role or account."),
  key('aws:PrincipalOrgID', 'String', "The caller's organization, such as `o-a1b2c3d4e5`."),
  many('aws:PrincipalOrgPaths', "Where in its organization the caller's account is."),
  key('aws:PrincipalTag/', 'String', 'A tag of the caller.'),
  key('aws:PrincipalType', 'String', 'Account, User, AssumedRole, FederatedUser, Anonymous.'),
  key('aws:PrincipalIsAWSService', 'Bool', 'Whether a service itself calls.'),
  key('aws:PrincipalServiceName', 'String', 'The service that calls, such as `s3.amazonaws.com`.'),
  many('aws:PrincipalServiceNamesList', 'All names of the service that calls.'),
  key('aws:ResourceAccount', 'String', "The resource's account."),
  key('aws:ResourceOrgID', 'String', "The resource's organization."),
  many('aws:ResourceOrgPaths', "Where in its organization the resource's account is."),
  key('aws:ResourceTag/', 'String', 'A tag of the resource.'),
  key('aws:RequestTag/', 'String', 'A tag that the request sets.'),
  many('aws:TagKeys', 'The keys of the tags that the request sets.'),
  key('aws:RequestedRegion', 'String', 'The region that was called.'),
  key('aws:CurrentTime', 'Date', 'The time of the request.'),
  key('aws:EpochTime', 'Date', 'The time of the request in seconds since 1970.'),
  key('aws:TokenIssueTime', 'Date', 'When the temporary credentials were made.'),
  key('aws:MultiFactorAuthPresent', 'Bool', 'Whether the caller signed in with MFA.'),
  key('aws:MultiFactorAuthAge', 'Numeric', 'Seconds since the caller signed in with MFA.'),
  key('aws:FederatedProvider', 'String', 'The identity provider the caller came from.'),
  key('aws:ViaAWSService', 'Bool', "Whether a service passes a principal's request on."),
  many('aws:CalledVia', 'The services that passed the request on.'),
  key('aws:CalledViaFirst', 'String', 'The first service that passed the request on.'),
  key('aws:CalledViaLast', 'String', 'The last service that passed the request on.'),
  key('aws:VpcSourceIp', 'IP', "The caller's address inside its VPC."),
  key('aws:VpceAccount', 'String', 'The account of the VPC endpoint.'),
  key('aws:VpceOrgID', 'String', 'The organization of the VPC endpoint.'),
  many('aws:VpceOrgPaths', 'Where in its organization the VPC endpoint is.'),
  key('aws:Ec2InstanceSourceVpc', 'String', "The VPC of the instance whose role's credentials are used."),
  key('aws:Ec2InstanceSourcePrivateIPv4', 'IP', "The instance's private address."),
  key('aws:Referer', 'String', 'The page a browser came from. Easily forged: no protection.'),
  key('aws:UserAgent', 'String', 'What the client calls itself. Easily forged: no protection.'),
  key('aws:userid', 'String', "The caller's unique id."),
  key('aws:username', 'String', "The IAM user's name."),
];

const ofSns: readonly ConditionKey[] = [
  key('sns:Endpoint', 'String', 'Where a subscription delivers: a URL, an address, an ARN.'),
  key('sns:Protocol', 'String', 'How a subscription delivers: sqs, lambda, email, https.'),
];

const ofS3: readonly ConditionKey[] = [
  key('s3:prefix', 'String', 'The prefix that is listed.'),
  key('s3:delimiter', 'String', 'The delimiter of the listing.'),
  key('s3:max-keys', 'Numeric', 'How many keys a page of the listing may have.'),
  key('s3:x-amz-acl', 'String', 'The canned ACL that an upload asks for.'),
  key('s3:x-amz-server-side-encryption', 'String', 'The encryption that an upload asks for: AES256, aws:kms.'),
  key('s3:x-amz-server-side-encryption-aws-kms-key-id', 'ARN', 'The KMS key that an upload asks for.'),
  key('s3:x-amz-server-side-encryption-customer-algorithm', 'String', "The algorithm of a customer's own key."),
  key('s3:x-amz-storage-class', 'String', 'The storage class that an upload asks for.'),
  key('s3:x-amz-copy-source', 'String', 'What is copied: /bucket/key.'),
  key('s3:x-amz-metadata-directive', 'String', 'COPY or REPLACE.'),
  key('s3:x-amz-content-sha256', 'String', 'Whether the body is signed.'),
  key('s3:x-amz-object-ownership', 'String', 'The ownership a new bucket asks for.'),
  key('s3:x-amz-website-redirect-location', 'String', 'Where an object redirects to.'),
  ...['full-control', 'read', 'read-acp', 'write', 'write-acp'].map((grant) =>
    key(`s3:x-amz-grant-${grant}`, 'String', 'Whom an upload grants this to.'),
  ),
  key('s3:ExistingObjectTag/', 'String', 'A tag of the object.'),
  key('s3:RequestObjectTag/', 'String', 'A tag that an upload sets.'),
  many('s3:RequestObjectTagKeys', 'The keys of the tags that an upload sets.'),
  key('s3:BucketTag/', 'String', 'A tag of the bucket.'),
  key('s3:VersionId', 'String', 'The version that is asked for.'),
  key('s3:locationconstraint', 'String', 'The region of a new bucket.'),
  key('s3:ResourceAccount', 'String', "The bucket's account."),
  key('s3:authType', 'String', 'How the request is signed: REST-HEADER, REST-QUERY-STRING, POST.'),
  key('s3:signatureAge', 'Numeric', 'Milliseconds since a presigned URL was made.'),
  key('s3:signatureversion', 'String', 'AWS4-HMAC-SHA256.'),
  key('s3:TlsVersion', 'Numeric', 'The TLS version of the connection, such as 1.2.'),
  key('s3:if-match', 'String', 'The ETag that a write asks for.'),
  key('s3:if-none-match', 'String', 'Given where a write must not overwrite.'),
  key('s3:ObjectCreationOperation', 'Bool', 'Whether the request makes an object.'),
  key('s3:object-lock-mode', 'String', 'GOVERNANCE or COMPLIANCE.'),
  key('s3:object-lock-legal-hold', 'String', 'ON or OFF.'),
  key('s3:object-lock-remaining-retention-days', 'Numeric', 'Days that an object is still kept.'),
  key('s3:object-lock-retain-until-date', 'Date', 'Until when an object is kept.'),
  key('s3:AccessPointNetworkOrigin', 'String', 'Internet or VPC.'),
  key('s3:DataAccessPointAccount', 'String', 'The account of the access point.'),
  key('s3:DataAccessPointArn', 'ARN', 'The access point.'),
  key('s3:AccessGrantsInstanceArn', 'ARN', 'The S3 Access Grants instance.'),
];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml */
const ofSaml: readonly ConditionKey[] = [
  key('SAML:aud', 'String', 'The address the assertion was posted to: its Recipient, which is not its Audience.'),
  key('SAML:iss', 'String', 'The Issuer of the assertion: the entityID of the identity provider.'),
  key('SAML:sub', 'String', 'Who it is, as the NameID says.'),
  key('SAML:sub_type', 'String', 'What kind of NameID it is: persistent, transient, or the whole URI of its format.'),
  key('SAML:doc', 'String', 'The account and the name of the provider: `123456789012/ADFS`.'),
  key('SAML:namequalifier', 'String', 'A hash of issuer, account and provider: with `SAML:sub` it is one person.'),
];

const own: Readonly<Record<PolicyService, readonly ConditionKey[]>> = { sns: ofSns, sqs: [], s3: ofS3 };

/** Those a policy of this service may ask about; of any service, all that are known. */
export function keysFor(service: PolicyService | undefined): readonly ConditionKey[] {
  return [...globalKeys, ...(service === undefined ? [...ofSns, ...ofS3, ...ofSaml] : own[service])];
}

const everyKey = new Map([...globalKeys, ...ofSns, ...ofS3, ...ofSaml].map((each) => [each.name.toLowerCase(), each]));

/** Letter case does not matter to AWS. `aws:ResourceTag/team` is found as `aws:ResourceTag/`. */
export function findKey(name: string): ConditionKey | undefined {
  const lower = name.toLowerCase();
  const slash = lower.indexOf('/');
  return everyKey.get(lower) ?? (slash < 0 ? undefined : everyKey.get(lower.slice(0, slash + 1)));
}

/** `aws:`, `sns:` and the like: only of these is every key known. */
export const knowsKeysOf = (prefix: string): boolean => ['aws', 'sns', 's3'].includes(prefix);
