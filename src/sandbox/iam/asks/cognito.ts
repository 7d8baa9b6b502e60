// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
import { usersOwn } from '../../cognito/usersOwn.ts';
import { textOf, type Asks } from './ask.ts';

/** Of no pool in particular. */
const general = new Set(['CreateUserPool', 'ListUserPools', 'DescribeUserPoolDomain']);

export const cognitoAsks: Asks = (operation, input, { account, region }) => {
  if (usersOwn.includes(operation)) return [];
  const action = `cognito-idp:${operation}`;
  const arn = textOf(input, 'ResourceArn');
  const pool = general.has(operation) ? '*' : (textOf(input, 'UserPoolId') ?? '*');
  return [
    { action, resource: arn ?? (pool === '*' ? '*' : `arn:aws:cognito-idp:${region}:${account}:userpool/${pool}`) },
  ];
};
