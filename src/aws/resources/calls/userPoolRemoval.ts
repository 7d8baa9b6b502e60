// What stands in the way of removing a user pool: its domains, and its protection.
import type { UserPoolType } from '@aws-sdk/client-cognito-identity-provider';
import type { Look } from '../kind.ts';
import { sendOptions, unlessMissing } from '../lookup.ts';
import { missing } from '../userPoolReads.ts';

export async function removeDomains(look: Look, { Id: UserPoolId = '', Domain, CustomDomain }: UserPoolType) {
  for (const name of [Domain, CustomDomain]) {
    if (name === undefined || name === '') continue;
    await removeDomain(look, UserPoolId, name);
  }
}

/** Cognito calls a domain that is gone an invalid parameter. */
export async function removeDomain(look: Look, UserPoolId: string, Domain: string): Promise<void> {
  const { DomainDescription: there } = await look.target.send(
    'cognito-idp.DescribeUserPoolDomain',
    { Domain },
    sendOptions(look),
  );
  if (there?.UserPoolId !== UserPoolId || there.Status === 'DELETING') return;
  await unlessMissing(
    (options) => look.target.send('cognito-idp.DeleteUserPoolDomain', { UserPoolId, Domain }, options),
    look,
    missing,
  );
}

/** Switches deletion protection off. Cognito puts all that is not said back to its default, so everything else is said again. */
export async function unprotect(look: Look, pool: UserPoolType): Promise<void> {
  const { AdminCreateUserConfig: { UnusedAccountValidityDays: _days, ...invitation } = {} } = pool;
  const input = {
    UserPoolId: pool.Id,
    DeletionProtection: 'INACTIVE' as const,
    Policies: pool.Policies,
    LambdaConfig: pool.LambdaConfig,
    AutoVerifiedAttributes: pool.AutoVerifiedAttributes,
    VerificationMessageTemplate: pool.VerificationMessageTemplate,
    SmsAuthenticationMessage: pool.SmsAuthenticationMessage,
    UserAttributeUpdateSettings: pool.UserAttributeUpdateSettings,
    MfaConfiguration: pool.MfaConfiguration,
    DeviceConfiguration: pool.DeviceConfiguration,
    EmailConfiguration: pool.EmailConfiguration,
    SmsConfiguration: pool.SmsConfiguration,
    UserPoolTags: pool.UserPoolTags,
    AdminCreateUserConfig: invitation,
    UserPoolAddOns: pool.UserPoolAddOns,
    AccountRecoverySetting: pool.AccountRecoverySetting,
    UserPoolTier: pool.UserPoolTier,
  };
  await unlessMissing((options) => look.target.send('cognito-idp.UpdateUserPool', input, options), look, missing);
}
