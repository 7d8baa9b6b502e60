// What STS must know of roles. IAM will answer these questions by its roles and their trust policies; until a sandbox has IAM,
// every well-formed role of an account that the sandbox knows can be assumed.
import { createHash } from 'node:crypto';
import type { IamPort } from '../ports.ts';
import type { World } from '../service.ts';

export interface Roles extends IamPort {
  roleId(roleArn: string): string;
}

export function openRoles({ defaultAccount }: Pick<World, 'defaultAccount'>): Roles {
  return {
    roleId,
    assumable(roleArn, caller) {
      const account = parseRoleArn(roleArn)?.account;
      if (account !== defaultAccount && account !== caller.account) return { ok: false };
      return { ok: true, roleId: roleId(roleArn), maxSeconds: 43_200 };
    },
  };
}

/** The name is the last part of the path, as in the ARN of a session. */
export function parseRoleArn(arn: string): { readonly account: string; readonly name: string } | undefined {
  const parts = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:[\u0021-\u007e]+\/)?([\w+=,.@-]{1,64})$/.exec(arn);
  const [, account, name] = parts ?? [];
  return account && name ? { account, name } : undefined;
}

/** The same role has always the same id. */
function roleId(roleArn: string): string {
  const bytes = createHash('sha256').update(roleArn).digest();
  const letters = [...bytes.subarray(0, 17)].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(byte % 32));
  return `AROA${letters.join('')}`;
}
