// User pools: made, described, listed, changed, removed.
import type { UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import type { Call } from '../service.ts';
import { pageOf, poolFor, type Cognito, type CognitoHandlers } from './cognito.ts';
import { defaultPolicy } from './passwords.ts';
import { checkConstraints, invalid } from './refusals.ts';
import { addAttributes, makeSchema } from './schema.ts';
import type { Pool, PoolSettings } from './state.ts';
import { readTags } from './tags.ts';

export const poolHandlers = (cognito: Cognito) =>
  ({
    CreateUserPool(input, call) {
      const pool = newPool(cognito, input, call);
      cognito.state.pools.set(pool.id, pool);
      cognito.world.changed();
      return { UserPool: describePool(pool) };
    },
    DescribeUserPool: ({ UserPoolId }, call) => ({ UserPool: describePool(poolFor(cognito, UserPoolId, call)) }),
    ListUserPools({ MaxResults, NextToken }, { account, region }) {
      checkConstraints([['maxResults', MaxResults, { min: 1, max: 60 }]]);
      const own = [...cognito.state.pools.values()].filter((one) => one.account === account && one.region === region);
      const { items, next } = pageOf(own, NextToken, MaxResults);
      return {
        UserPools: items.map(({ id, name, created, updated }) => ({
          Id: id,
          Name: name,
          LambdaConfig: {},
          CreationDate: new Date(created),
          LastModifiedDate: new Date(updated),
        })),
        ...(next !== undefined && { NextToken: next }),
      };
    },
    UpdateUserPool({ UserPoolId, UserPoolTags, PoolName, ...settings }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      checkSettings(settings);
      const { UsernameAttributes, AliasAttributes, UsernameConfiguration } = pool.settings;
      // What is not said goes back to its default, but for what was decided for good when the pool was made.
      pool.settings = { ...withDefaults(settings), UsernameAttributes, AliasAttributes, UsernameConfiguration };
      pool.name = PoolName ?? pool.name;
      if (UserPoolTags !== undefined) {
        pool.tags.clear();
        for (const [key, value] of readTags(UserPoolTags)) pool.tags.set(key, value);
      }
      touch(cognito, pool);
      return {};
    },
    AddCustomAttributes({ UserPoolId, CustomAttributes }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      addAttributes(pool, CustomAttributes);
      touch(cognito, pool);
      return {};
    },
    DeleteUserPool({ UserPoolId }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      if (pool.settings.DeletionProtection === 'ACTIVE')
        throw invalid(
          'The user pool cannot be deleted because deletion protection is activated. ' +
            'Deletion protection must be inactivated first.',
        );
      if (pool.domain)
        throw invalid('User pool cannot be deleted. It has a domain configured that should be deleted first.');
      cognito.state.pools.delete(pool.id);
      cognito.world.changed();
    },
    SetUserPoolMfaConfig({ UserPoolId, MfaConfiguration = 'OFF' }, call) {
      const pool = poolFor(cognito, UserPoolId, call);
      if (MfaConfiguration !== 'OFF') throw noMfa();
      touch(cognito, pool);
      return { MfaConfiguration };
    },
    GetUserPoolMfaConfig({ UserPoolId }, call) {
      poolFor(cognito, UserPoolId, call);
      return { MfaConfiguration: 'OFF' };
    },
  }) satisfies CognitoHandlers;

const noMfa = () => invalid('The sandbox has no second factor: MfaConfiguration can be OFF only.');

type CreateInput = Parameters<NonNullable<CognitoHandlers['CreateUserPool']>>[0];

function newPool(
  { world }: Cognito,
  { PoolName: name, Schema, UserPoolTags, ...settings }: CreateInput,
  { account, region }: Call,
): Pool {
  checkConstraints([['poolName', name, { min: 1, max: 128, pattern: '[\\w\\s+=,.@-]+' }]]);
  checkSettings(settings);
  if (settings.UsernameAttributes?.length && settings.AliasAttributes?.length)
    throw invalid('Only one of the aliasAttributes or usernameAttributes can be set in a user pool.');
  const id = `${region}_${world.token(24).replaceAll(/[-_]/g, '').slice(0, 9)}`;
  const now = world.clock.now();
  return {
    id,
    account,
    region,
    arn: `arn:aws:cognito-idp:${region}:${account}:userpool/${id}`,
    name,
    created: now,
    updated: now,
    settings: withDefaults(settings),
    schema: makeSchema(Schema),
    tags: readTags(UserPoolTags),
    domain: undefined,
    clients: new Map(),
    users: new Map(),
    groups: new Map(),
    providers: new Map(),
    resourceServers: new Map(),
    tokenKey: undefined,
    samlKey: undefined,
    sessions: new Map(),
    challenges: new Map(),
    pending: new Map(),
    assertions: new Map(),
  };
}

function checkSettings({ Policies, MfaConfiguration = 'OFF', LambdaConfig = {} }: PoolSettings): void {
  const { PasswordPolicy: policy } = Policies ?? {};
  checkConstraints([
    ['policies.passwordPolicy.minimumLength', policy?.MinimumLength, { min: 6, max: 99 }],
    ['policies.passwordPolicy.temporaryPasswordValidityDays', policy?.TemporaryPasswordValidityDays, { max: 365 }],
  ]);
  if (MfaConfiguration !== 'OFF') throw noMfa();
  if (Object.values(LambdaConfig).some((one) => one !== undefined))
    throw invalid('The sandbox calls no functions from user pools: leave LambdaConfig out.');
}

const withDefaults = (settings: PoolSettings): PoolSettings => ({
  ...settings,
  DeletionProtection: settings.DeletionProtection ?? 'INACTIVE',
  MfaConfiguration: 'OFF',
  Policies: { ...settings.Policies, PasswordPolicy: policyOf(settings) },
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE', ...settings.VerificationMessageTemplate },
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: false,
    UnusedAccountValidityDays: 7,
    ...settings.AdminCreateUserConfig,
  },
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', ...settings.EmailConfiguration },
  AccountRecoverySetting: settings.AccountRecoverySetting ?? {
    RecoveryMechanisms: [
      { Priority: 1, Name: 'verified_email' },
      { Priority: 2, Name: 'verified_phone_number' },
    ],
  },
});

const policyOf = ({ Policies }: PoolSettings) =>
  Policies?.PasswordPolicy === undefined
    ? defaultPolicy
    : {
        MinimumLength: 8,
        RequireUppercase: false,
        RequireLowercase: false,
        RequireNumbers: false,
        RequireSymbols: false,
        TemporaryPasswordValidityDays: 7,
        ...Policies.PasswordPolicy,
      };

export function touch({ world }: Cognito, pool: Pool): void {
  pool.updated = world.clock.now();
  world.changed();
}

function describePool(pool: Pool): UserPoolType {
  const { settings, domain } = pool;
  return {
    ...settings,
    UserPoolAddOns: settings.UserPoolAddOns,
    Id: pool.id,
    Name: pool.name,
    Arn: pool.arn,
    LambdaConfig: {},
    CreationDate: new Date(pool.created),
    LastModifiedDate: new Date(pool.updated),
    SchemaAttributes: pool.schema,
    EstimatedNumberOfUsers: pool.users.size,
    UserPoolTags: Object.fromEntries(pool.tags),
    UserPoolTier: settings.UserPoolTier ?? 'ESSENTIALS',
    ...(domain && (domain.custom ? { CustomDomain: domain.name } : { Domain: domain.name })),
  };
}
