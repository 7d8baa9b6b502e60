// Tells the local identity provider's record what became of a response, so that a learner can follow it to its end.
import { AwsError, type World } from '../service.ts';
import type { SamlInput } from './assumeRoleWithSaml.ts';

/** Told the answer or what was thrown. Credentials are not among what is told. */
export const watchSaml =
  (world: World, { RoleArn, PrincipalArn, SAMLAssertion }: SamlInput) =>
  async (outcome: unknown): Promise<void> => {
    const xml = Buffer.from(SAMLAssertion, 'base64').toString('utf8');
    const flow = /<(?:[\w.-]+:)?Response\s[^>]*\bID="([^"]{1,200})"/.exec(xml)?.[1] ?? 'unknown';
    const refused = outcome instanceof AwsError ? outcome : undefined;
    const idp = await world.port('idp').catch(() => undefined);
    idp?.record({
      flow,
      from: 'browser',
      to: 'aws',
      kind: 'assume-role',
      title: refused ? 'STS refuses the response' : 'STS gives credentials of the role',
      message: JSON.stringify({ request: { RoleArn, PrincipalArn }, ...(refused ? {} : { answer: outcome }) }, null, 2),
      ...(refused && {
        error: { code: refused.code.replace(/^(Invalid\w+)Exception$/, '$1'), message: refused.message },
      }),
    });
  };
