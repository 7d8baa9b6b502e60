// Service principals that send to topics, queues and buckets.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services

export interface ServicePrincipal {
  readonly name: string;
  readonly what: string;
}

export const servicePrincipals: readonly ServicePrincipal[] = [
  { name: 's3.amazonaws.com', what: 'S3: notifications of buckets.' },
  { name: 'sns.amazonaws.com', what: 'SNS: deliveries of topics to queues.' },
  { name: 'events.amazonaws.com', what: 'EventBridge: targets of rules.' },
  { name: 'cloudwatch.amazonaws.com', what: 'CloudWatch: alarms.' },
  { name: 'lambda.amazonaws.com', what: 'Lambda: failed asynchronous calls.' },
  { name: 'scheduler.amazonaws.com', what: 'EventBridge Scheduler.' },
  { name: 'ses.amazonaws.com', what: 'SES: mail that came or bounced.' },
  { name: 'budgets.amazonaws.com', what: 'AWS Budgets: alerts.' },
  { name: 'costalerts.amazonaws.com', what: 'Cost anomalies.' },
  { name: 'codestar-notifications.amazonaws.com', what: 'Notifications of developer tools.' },
  { name: 'cloudtrail.amazonaws.com', what: 'CloudTrail: its log files.' },
  { name: 'config.amazonaws.com', what: 'AWS Config.' },
  { name: 'logging.s3.amazonaws.com', what: 'S3: access logs of other buckets.' },
  { name: 'delivery.logs.amazonaws.com', what: 'Logs that services deliver.' },
  { name: 'cloudfront.amazonaws.com', what: 'CloudFront: reads the bucket it serves.' },
  { name: 'firehose.amazonaws.com', what: 'Data Firehose.' },
];

export const principalTypes = {
  AWS: 'Accounts, users and roles: an account number or an ARN; `*` is everybody.',
  Service: 'AWS services, such as `s3.amazonaws.com`.',
  Federated: 'Identity providers.',
  CanonicalUser: 'Accounts by their canonical id, as S3 names them.',
} as const;

export type PrincipalType = keyof typeof principalTypes;

export function isPrincipalType(name: string): name is PrincipalType {
  return Object.hasOwn(principalTypes, name);
}

export const serviceName = /^[\w-]+(\.[\w-]+)*\.amazonaws\.com(\.cn)?$/;
