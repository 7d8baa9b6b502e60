// A pool with one app client, for tests of users.
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import type { TestSandbox } from '../start.ts';

export interface MadePool {
  readonly cognito: CognitoIdentityProviderClient;
  readonly pool: string;
  readonly client: string;
  readonly secret: string | undefined;
}

export async function makePool(
  sandbox: TestSandbox,
  settings: Partial<CreateUserPoolCommandInput> = {},
  app: Partial<CreateUserPoolClientCommandInput> = {},
): Promise<MadePool> {
  const cognito = sandbox.client(CognitoIdentityProviderClient);
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'p', ...settings }));
  const pool = UserPool?.Id ?? '';
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: pool,
      ClientName: 'app',
      ExplicitAuthFlows: [
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_ADMIN_USER_PASSWORD_AUTH',
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
      ],
      ...app,
    }),
  );
  return { cognito, pool, client: UserPoolClient?.ClientId ?? '', secret: UserPoolClient?.ClientSecret };
}

/** The refusal's name and message. */
export const refused = (answer: Promise<unknown>, name: string, message: string | RegExp): Promise<void> =>
  expect(answer).rejects.toMatchObject({
    name,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
    $metadata: { httpStatusCode: 400 },
  });
