// Users who sign up, confirm with the code from the mailbox, sign in, and forget their password.
import {
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../start.ts';
import { makePool, refused, type MadePool } from './pool.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.stop());

const password = 'Passw0rd!';

async function lastCode(): Promise<string> {
  const { messages } = (await sandbox.admin('mailbox')) as { messages: { body: string }[] };
  return /\d{6}/.exec(messages.at(-1)?.body ?? '')?.[0] ?? '';
}

const signUp = ({ cognito, client: ClientId }: MadePool, Username: string, more: object = {}) =>
  cognito.send(new SignUpCommand({ ClientId, Username, Password: password, ...more }));

const signIn = ({ cognito, client: ClientId }: MadePool, USERNAME: string, PASSWORD = password) =>
  cognito.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } }),
  );

const mailed = (address: string) => ({ UserAttributes: [{ Name: 'email', Value: address }] });

test('the code from the mailbox confirms', async () => {
  const made = await makePool(sandbox, { AutoVerifiedAttributes: ['email'] });
  const { cognito, client: ClientId } = made;
  const answer = await signUp(made, 'ann', mailed('ann@example.com'));
  expect(answer).toMatchObject({
    UserConfirmed: false,
    CodeDeliveryDetails: { Destination: 'a***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' },
  });
  const confirm = (ConfirmationCode: string) =>
    cognito.send(new ConfirmSignUpCommand({ ClientId, Username: 'ann', ConfirmationCode }));
  const wrong = (await lastCode()) === '000000' ? '000001' : '000000';
  await refused(confirm(wrong), 'CodeMismatchException', 'Invalid verification code provided, please try again.');
  await refused(signIn(made, 'ann'), 'UserNotConfirmedException', 'User is not confirmed.');
  await sandbox.advance('25h');
  await refused(
    confirm(await lastCode()),
    'ExpiredCodeException',
    'Invalid code provided, please request a code again.',
  );
  await cognito.send(new ResendConfirmationCodeCommand({ ClientId, Username: 'ann' }));
  await confirm(await lastCode());
  const again = 'User cannot be confirmed. Current status is CONFIRMED';
  await refused(confirm('123456'), 'NotAuthorizedException', again);
  expect((await signIn(made, 'ann')).AuthenticationResult?.AccessToken).toMatch(/^eyJ/);
});

describe('passwords', () => {
  test.each([
    ['Pw0rd!', 'Password not long enough'],
    ['passw0rd!', 'Password must have uppercase characters'],
    ['PASSW0RD!', 'Password must have lowercase characters'],
    ['Password!', 'Password must have numeric characters'],
    ['Passw0rds', 'Password must have symbol characters'],
  ])('%s', async (Password, rule) => {
    const made = await makePool(sandbox);
    const message = `Password did not conform with policy: ${rule}`;
    await refused(signUp(made, 'ann', { Password }), 'InvalidPasswordException', message);
  });

  test('five wrong ones cost a wait', async () => {
    const made = await makePool(sandbox, { AutoVerifiedAttributes: ['email'] });
    await signUp(made, 'ann', mailed('ann@example.com'));
    for (let tries = 0; tries < 5; tries++)
      await refused(signIn(made, 'ann', 'wrong'), 'NotAuthorizedException', 'Incorrect username or password.');
    await refused(signIn(made, 'ann'), 'NotAuthorizedException', 'Password attempts exceeded');
    await sandbox.advance('2s');
    await refused(signIn(made, 'ann'), 'UserNotConfirmedException', 'User is not confirmed.');
  });

  test('who forgot theirs gets in again with a code', async () => {
    const made = await makePool(sandbox, { AutoVerifiedAttributes: ['email'] });
    const { cognito, client: ClientId } = made;
    const forgot = () => cognito.send(new ForgotPasswordCommand({ ClientId, Username: 'ann' }));
    const unknown = 'Username/client id combination not found.';
    await refused(forgot(), 'UserNotFoundException', unknown);
    await signUp(made, 'ann', mailed('ann@example.com'));
    const none = 'Cannot reset password for the user as there is no registered/verified email or phone_number';
    await refused(forgot(), 'InvalidParameterException', none);
    await cognito.send(new ConfirmSignUpCommand({ ClientId, Username: 'ann', ConfirmationCode: await lastCode() }));
    expect((await forgot()).CodeDeliveryDetails?.Destination).toBe('a***@e***');
    const ConfirmationCode = await lastCode();
    const confirm = { ClientId, Username: 'ann', ConfirmationCode, Password: 'N3w-Password' };
    await cognito.send(new ConfirmForgotPasswordCommand(confirm));
    await refused(signIn(made, 'ann'), 'NotAuthorizedException', 'Incorrect username or password.');
    expect((await signIn(made, 'ann', 'N3w-Password')).AuthenticationResult).toBeDefined();
  });
});

describe('names', () => {
  test('are taken once, whatever their case', async () => {
    const made = await makePool(sandbox);
    await signUp(made, 'ann');
    await refused(signUp(made, 'ANN'), 'UsernameExistsException', 'User already exists');
    await refused(signIn(made, 'bob'), 'UserNotFoundException', 'User does not exist.');
  });

  test('may be mail addresses; the user is then called by their sub', async () => {
    const made = await makePool(sandbox, { UsernameAttributes: ['email'] });
    await refused(signUp(made, 'ann'), 'InvalidParameterException', 'Username should be an email.');
    const { UserSub } = await signUp(made, 'ann@example.com');
    expect(UserSub).toMatch(/^[0-9a-f-]{36}$/);
    const taken = 'An account with the given email already exists.';
    await refused(signUp(made, 'ann@example.com'), 'UsernameExistsException', taken);
  });

  test('nobody learns who is there where the client hides it', async () => {
    const made = await makePool(sandbox, {}, { PreventUserExistenceErrors: 'ENABLED' });
    await refused(signIn(made, 'bob'), 'NotAuthorizedException', 'Incorrect username or password.');
    const { cognito, client: ClientId } = made;
    const answer = await cognito.send(new ForgotPasswordCommand({ ClientId, Username: 'bob' }));
    expect(answer.CodeDeliveryDetails).toBeDefined();
  });

  test('attributes are those of the schema', async () => {
    const made = await makePool(sandbox, { Schema: [{ Name: 'email', Required: true }] });
    await refused(
      signUp(made, 'ann'),
      'InvalidParameterException',
      /^Attributes did not conform to the schema: email: The attribute email is required/,
    );
    await refused(
      signUp(made, 'ann', mailed('nonsense')),
      'InvalidParameterException',
      'Invalid email address format.',
    );
    const more = { UserAttributes: [{ Name: 'custom:x', Value: '1' }] };
    await refused(
      signUp(made, 'ann', more),
      'InvalidParameterException',
      /custom:x: Attribute does not exist in the schema/,
    );
  });
});
