// The table of AWS's managed policies, by path and name, as they were in February 2026. Only data, hence so long.
// ReadOnlyAccess is cut down to the services of the sandbox: AWS's own names hundreds of others.

export interface AwsPolicyRow {
  readonly description?: string;
  readonly version?: number;
  readonly statements: readonly object[];
}

const allow = (actions: readonly string[], resource: string | readonly string[] = '*', more: object = {}): object => ({
  Effect: 'Allow',
  Action: actions.length === 1 ? actions[0] : actions,
  Resource: resource,
  ...more,
});

const writeLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

const serviceLinkedRoles = (...services: string[]): object =>
  allow(['iam:CreateServiceLinkedRole'], '*', { Condition: { StringEquals: { 'iam:AWSServiceName': services } } });

const smsViaSns = (...actions: string[]): object =>
  allow(
    actions.map((action) => `sms-voice:${action}`),
    '*',
    { Condition: { StringEquals: { 'aws:CalledViaLast': 'sns.amazonaws.com' } } },
  );

export const awsPolicyRows: Readonly<Record<string, AwsPolicyRow>> = {
  AdministratorAccess: {
    description: 'Provides full access to AWS services and resources.',
    statements: [allow(['*'])],
  },
  PowerUserAccess: {
    description:
      'Provides full access to AWS services and resources, but does not allow management of Users and groups.',
    version: 12,
    statements: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      allow([
        'account:GetAccountInformation',
        'account:GetGovCloudAccountInformation',
        'account:GetPrimaryEmail',
        'account:ListRegions',
        'iam:CreateServiceLinkedRole',
        'iam:DeleteServiceLinkedRole',
        'iam:ListRoles',
        'organizations:DescribeEffectivePolicy',
        'organizations:DescribeOrganization',
      ]),
    ],
  },
  ReadOnlyAccess: {
    description: 'Provides read-only access to AWS services and resources.',
    version: 178,
    statements: [
      allow([
        'apigateway:GET',
        'cloudwatch:Describe*',
        'cloudwatch:Get*',
        'cloudwatch:List*',
        'cognito-identity:Describe*',
        'cognito-identity:Get*',
        'cognito-identity:List*',
        'cognito-idp:AdminGet*',
        'cognito-idp:AdminList*',
        'cognito-idp:Describe*',
        'cognito-idp:Get*',
        'cognito-idp:List*',
        'ec2:Describe*',
        'ec2:Get*',
        'firehose:Describe*',
        'firehose:List*',
        'iam:Generate*',
        'iam:Get*',
        'iam:List*',
        'iam:Simulate*',
        'kinesis:Describe*',
        'kinesis:Get*',
        'kinesis:List*',
        'lambda:Get*',
        'lambda:List*',
        'logs:Describe*',
        'logs:FilterLogEvents',
        'logs:Get*',
        'logs:ListTagsForResource',
        'logs:StartQuery',
        'logs:StopQuery',
        'logs:TestMetricFilter',
        's3:DescribeJob',
        's3:Get*',
        's3:List*',
        'sns:Check*',
        'sns:Get*',
        'sns:List*',
        'sqs:Get*',
        'sqs:List*',
        'sqs:Receive*',
        'sts:GetAccessKeyInfo',
        'sts:GetCallerIdentity',
        'sts:GetSessionToken',
      ]),
    ],
  },
  AmazonS3FullAccess: {
    description: 'Provides full access to all buckets via the AWS Management Console.',
    version: 2,
    statements: [allow(['s3:*', 's3-object-lambda:*'])],
  },
  AmazonS3ReadOnlyAccess: {
    description: 'Provides read only access to all buckets via the AWS Management Console.',
    version: 3,
    statements: [allow(['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'])],
  },
  AmazonSQSFullAccess: {
    description: 'Provides full access to Amazon SQS via the AWS Management Console.',
    statements: [allow(['sqs:*'])],
  },
  AmazonSQSReadOnlyAccess: {
    description: 'Provides read only access to Amazon SQS via the AWS Management Console.',
    version: 4,
    statements: [
      allow([
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ListDeadLetterSourceQueues',
        'sqs:ListQueues',
        'sqs:ListMessageMoveTasks',
        'sqs:ListQueueTags',
      ]),
    ],
  },
  AmazonSNSFullAccess: {
    description: 'Provides full access to Amazon SNS via the AWS Management Console.',
    version: 2,
    statements: [
      allow(['sns:*']),
      smsViaSns(
        'DescribeVerifiedDestinationNumbers',
        'CreateVerifiedDestinationNumber',
        'SendDestinationNumberVerificationCode',
        'SendTextMessage',
        'DeleteVerifiedDestinationNumber',
        'VerifyDestinationNumber',
        'DescribeAccountAttributes',
        'DescribeSpendLimits',
        'DescribePhoneNumbers',
        'SetTextMessageSpendLimitOverride',
        'DescribeOptedOutNumbers',
        'DeleteOptedOutNumber',
      ),
    ],
  },
  AmazonSNSReadOnlyAccess: {
    description: 'Provides read only access to Amazon SNS via the AWS Management Console.',
    version: 2,
    statements: [
      allow([
        'sns:GetTopicAttributes',
        'sns:List*',
        'sns:CheckIfPhoneNumberIsOptedOut',
        'sns:GetEndpointAttributes',
        'sns:GetDataProtectionPolicy',
        'sns:GetPlatformApplicationAttributes',
        'sns:GetSMSAttributes',
        'sns:GetSMSSandboxAccountStatus',
        'sns:GetSubscriptionAttributes',
      ]),
      smsViaSns(
        'DescribeVerifiedDestinationNumbers',
        'DescribeAccountAttributes',
        'DescribeSpendLimits',
        'DescribePhoneNumbers',
        'DescribeOptedOutNumbers',
      ),
    ],
  },
  AmazonEC2FullAccess: {
    description: 'Provides full access to Amazon EC2 via the AWS Management Console.',
    version: 5,
    statements: [
      allow(['ec2:*']),
      allow(['elasticloadbalancing:*']),
      allow(['cloudwatch:*']),
      allow(['autoscaling:*']),
      serviceLinkedRoles(
        'autoscaling.amazonaws.com',
        'ec2scheduled.amazonaws.com',
        'elasticloadbalancing.amazonaws.com',
        'spot.amazonaws.com',
        'spotfleet.amazonaws.com',
        'transitgateway.amazonaws.com',
      ),
    ],
  },
  AmazonEC2ReadOnlyAccess: {
    description: 'Provides read only access to Amazon EC2 via the AWS Management Console.',
    version: 5,
    statements: [
      allow(['ec2:Describe*', 'ec2:GetSecurityGroupsForVpc']),
      allow(['elasticloadbalancing:Describe*']),
      allow(['cloudwatch:ListMetrics', 'cloudwatch:GetMetricStatistics', 'cloudwatch:Describe*']),
      allow(['autoscaling:Describe*']),
    ],
  },
  AmazonKinesisFullAccess: {
    description: 'Provides full access to all streams via the AWS Management Console.',
    statements: [allow(['kinesis:*'])],
  },
  AmazonKinesisReadOnlyAccess: {
    description: 'Provides read only access to all streams via the AWS Management Console.',
    statements: [allow(['kinesis:Get*', 'kinesis:List*', 'kinesis:Describe*'])],
  },
  AmazonKinesisFirehoseFullAccess: {
    description: 'Provides full access to all Amazon Kinesis Firehose Delivery Streams.',
    statements: [allow(['firehose:*'])],
  },
  AmazonKinesisFirehoseReadOnlyAccess: {
    description: 'Provides read only access to all Amazon Kinesis Firehose Delivery Streams.',
    statements: [allow(['firehose:Describe*', 'firehose:List*'])],
  },
  CloudWatchLogsFullAccess: {
    description: 'Provides full access to CloudWatch Logs',
    version: 8,
    statements: [
      allow([
        'logs:*',
        'cloudwatch:GenerateQuery',
        'cloudwatch:GenerateQueryResultsSummary',
        'observabilityadmin:GetS3TableIntegration',
        'observabilityadmin:ListS3TableIntegrations',
        'observabilityadmin:ListTelemetryPipelines',
      ]),
    ],
  },
  CloudWatchLogsReadOnlyAccess: {
    description: 'Provides read only access to CloudWatch Logs',
    version: 12,
    statements: [
      allow([
        'logs:Describe*',
        'logs:Get*',
        'logs:List*',
        'logs:StartQuery',
        'logs:StopQuery',
        'logs:TestMetricFilter',
        'logs:FilterLogEvents',
        'logs:StartLiveTail',
        'logs:StopLiveTail',
        'cloudwatch:GenerateQuery',
        'cloudwatch:GenerateQueryResultsSummary',
        'observabilityadmin:GetS3TableIntegration',
        'observabilityadmin:ListS3TableIntegrations',
        'observabilityadmin:ListTelemetryPipelines',
      ]),
    ],
  },
  CloudWatchAgentServerPolicy: {
    description: 'Permissions required to use AmazonCloudWatchAgent on servers',
    version: 3,
    statements: [
      allow([
        'cloudwatch:PutMetricData',
        'ec2:DescribeVolumes',
        'ec2:DescribeTags',
        'logs:PutLogEvents',
        'logs:PutRetentionPolicy',
        'logs:DescribeLogStreams',
        'logs:DescribeLogGroups',
        'logs:CreateLogStream',
        'logs:CreateLogGroup',
        'xray:PutTraceSegments',
        'xray:PutTelemetryRecords',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
        'xray:GetSamplingStatisticSummaries',
      ]),
      allow(['ssm:GetParameter'], 'arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*'),
    ],
  },
  AmazonSSMManagedInstanceCore: {
    description: 'The policy for Amazon EC2 Role to enable AWS Systems Manager service core functionality.',
    version: 2,
    statements: [
      allow([
        'ssm:DescribeAssociation',
        'ssm:GetDeployablePatchSnapshotForInstance',
        'ssm:GetDocument',
        'ssm:DescribeDocument',
        'ssm:GetManifest',
        'ssm:GetParameter',
        'ssm:GetParameters',
        'ssm:ListAssociations',
        'ssm:ListInstanceAssociations',
        'ssm:PutInventory',
        'ssm:PutComplianceItems',
        'ssm:PutConfigurePackageResult',
        'ssm:UpdateAssociationStatus',
        'ssm:UpdateInstanceAssociationStatus',
        'ssm:UpdateInstanceInformation',
      ]),
      allow([
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ]),
      allow([
        'ec2messages:AcknowledgeMessage',
        'ec2messages:DeleteMessage',
        'ec2messages:FailMessage',
        'ec2messages:GetEndpoint',
        'ec2messages:GetMessages',
        'ec2messages:SendReply',
      ]),
    ],
  },
  AmazonAPIGatewayAdministrator: {
    description:
      'Provides full access to create/edit/delete APIs in Amazon API Gateway via the AWS Management Console.',
    statements: [allow(['apigateway:*'], 'arn:aws:apigateway:*::/*')],
  },
  AmazonAPIGatewayInvokeFullAccess: {
    description: 'Provides full access to invoke APIs in Amazon API Gateway.',
    version: 2,
    statements: [allow(['execute-api:Invoke', 'execute-api:ManageConnections'], 'arn:aws:execute-api:*:*:*')],
  },
  AmazonCognitoPowerUser: {
    description: 'Provides administrative access to existing Amazon Cognito resources.',
    version: 9,
    statements: [
      allow([
        'cognito-identity:*',
        'cognito-idp:*',
        'cognito-sync:*',
        'iam:ListRoles',
        'iam:ListOpenIdConnectProviders',
        'iam:GetRole',
        'iam:ListSAMLProviders',
        'iam:GetSAMLProvider',
        'kinesis:ListStreams',
        'lambda:GetPolicy',
        'lambda:ListFunctions',
        'sns:GetSMSSandboxAccountStatus',
        'sns:ListPlatformApplications',
        'ses:ListIdentities',
        'ses:GetIdentityVerificationAttributes',
        'mobiletargeting:GetApps',
        'acm:ListCertificates',
        'sms-voice:DescribeAccountAttributes',
      ]),
      serviceLinkedRoles('cognito-idp.amazonaws.com', 'email.cognito-idp.amazonaws.com'),
      allow(
        ['iam:DeleteServiceLinkedRole', 'iam:GetServiceLinkedRoleDeletionStatus'],
        [
          'arn:aws:iam::*:role/aws-service-role/cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdp*',
          'arn:aws:iam::*:role/aws-service-role/email.cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdpEmail*',
        ],
      ),
    ],
  },
  AWSLambdaExecute: {
    description: 'Provides Put, Get access to S3 and full access to CloudWatch Logs.',
    version: 1,
    statements: [allow(['logs:*'], 'arn:aws:logs:*:*:*'), allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::*')],
  },
  AWSLambda_FullAccess: {
    description:
      'Grants full access to AWS Lambda service, AWS Lambda console features, and other related AWS services.',
    version: 7,
    statements: [
      allow([
        'cloudformation:DescribeStacks',
        'cloudformation:ListStackResources',
        'cloudwatch:ListMetrics',
        'cloudwatch:GetMetricData',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
        'kms:DescribeKey',
        'kms:ListAliases',
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListRolePolicies',
        'iam:ListRoles',
        'lambda:*',
        'logs:DescribeLogGroups',
        'states:DescribeStateMachine',
        'states:ListStateMachines',
        'tag:GetResources',
        'xray:GetTraceSummaries',
        'xray:BatchGetTraces',
      ]),
      allow(['iam:PassRole'], '*', {
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      }),
      allow(
        [
          'logs:DescribeLogStreams',
          'logs:GetLogEvents',
          'logs:FilterLogEvents',
          'logs:StartLiveTail',
          'logs:StopLiveTail',
        ],
        'arn:aws:logs:*:*:log-group:/aws/lambda/*',
      ),
      allow(
        ['iam:CreateServiceLinkedRole'],
        'arn:aws:iam::*:role/aws-service-role/lambda.amazonaws.com/AWSServiceRoleForLambda',
        { Condition: { StringEquals: { 'iam:AWSServiceName': 'lambda.amazonaws.com' } } },
      ),
    ],
  },
  IAMFullAccess: {
    description: 'Provides full access to IAM via the AWS Management Console.',
    version: 2,
    statements: [
      allow([
        'iam:*',
        'organizations:DescribeAccount',
        'organizations:DescribeOrganization',
        'organizations:DescribeOrganizationalUnit',
        'organizations:DescribePolicy',
        'organizations:ListChildren',
        'organizations:ListParents',
        'organizations:ListPoliciesForTarget',
        'organizations:ListRoots',
        'organizations:ListPolicies',
        'organizations:ListTargetsForPolicy',
      ]),
    ],
  },
  IAMReadOnlyAccess: {
    description: 'Provides read only access to IAM via the AWS Management Console.',
    version: 4,
    statements: [
      allow([
        'iam:GenerateCredentialReport',
        'iam:GenerateServiceLastAccessedDetails',
        'iam:Get*',
        'iam:List*',
        'iam:SimulateCustomPolicy',
        'iam:SimulatePrincipalPolicy',
      ]),
    ],
  },
  IAMUserChangePassword: {
    description: 'Provides the ability for an IAM user to change their own password.',
    version: 5,
    statements: [
      allow(['iam:ChangePassword'], ['arn:aws:iam::*:user/${aws:username}', 'arn:aws:iam::*:user/*/${aws:username}']),
      allow(['iam:GetAccountPasswordPolicy']),
    ],
  },
  'service-role/AWSLambdaBasicExecutionRole': {
    description: 'Provides write permissions to CloudWatch Logs.',
    statements: [allow(writeLogs)],
  },
  'service-role/AWSLambdaRole': {
    description: 'Default policy for AWS Lambda service role.',
    statements: [allow(['lambda:InvokeFunction'], ['*'])],
  },
  'service-role/AWSLambdaSQSQueueExecutionRole': {
    description:
      'Provides receive message, delete message, and read attribute access to SQS queues, and write permissions to CloudWatch logs.',
    statements: [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...writeLogs])],
  },
  'service-role/AWSLambdaKinesisExecutionRole': {
    description: 'Provides list and read access to Kinesis streams and write permissions to CloudWatch logs.',
    version: 2,
    statements: [
      allow([
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
        'kinesis:ListStreams',
        'kinesis:SubscribeToShard',
        ...writeLogs,
      ]),
    ],
  },
  'service-role/AWSLambdaDynamoDBExecutionRole': {
    description: 'Provides list and read access to DynamoDB streams and write permissions to CloudWatch logs.',
    statements: [
      allow([
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
        ...writeLogs,
      ]),
    ],
  },
  'service-role/AWSLambdaVPCAccessExecutionRole': {
    description:
      'Provides minimum permissions for a Lambda function to execute while accessing a resource within a VPC.',
    version: 3,
    statements: [
      allow([
        ...writeLogs,
        'ec2:CreateNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        'ec2:DeleteNetworkInterface',
        'ec2:AssignPrivateIpAddresses',
        'ec2:UnassignPrivateIpAddresses',
      ]),
    ],
  },
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': {
    description: "Allows API Gateway to push logs to user's account.",
    statements: [
      allow([
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:DescribeLogGroups',
        'logs:DescribeLogStreams',
        'logs:PutLogEvents',
        'logs:GetLogEvents',
        'logs:FilterLogEvents',
      ]),
    ],
  },
};
