/** The name is the last part of the path, as in the ARN of a session. */
export function parseRoleArn(arn: string): { readonly account: string; readonly name: string } | undefined {
  const parts = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:[\u0021-\u007e]+\/)?([\w+=,.@-]{1,64})$/.exec(arn);
  const [, account, name] = parts ?? [];
  return account && name ? { account, name } : undefined;
}
