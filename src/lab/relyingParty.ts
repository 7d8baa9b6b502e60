// `relying-party`: what somebody tells an identity provider of AWS, or of a user pool. In: names. Out: identifiers, addresses, and texts to copy.
import { partitionOf } from '../aws/resources/lookup.ts';
import { adfsClaimRules } from '../saml/message/adfsClaimRules.ts';
import { awsSpMetadata, cognitoSpMetadata, signInUrl } from '../saml/message/buildMetadata.ts';
import { resolveToText } from './expression.ts';
import type { Action } from './model.ts';
import type { CopyText, Fact } from './snapshot.ts';
import type { StepContext } from './stepContext.ts';

export interface RelyingPartyFound {
  readonly answer: object;
  readonly facts: readonly Fact[];
  readonly texts: readonly CopyText[];
}

/** AWS advises several: the target's own first, and others that can stand in for it. */
const alsoSignInAt = ['us-east-1', 'us-west-2', 'eu-west-1'];

export function relyingParty(
  context: Pick<StepContext, 'target' | 'scope'>,
  { of }: Extract<Action, { kind: 'relying-party' }>,
): RelyingPartyFound {
  const text = (template: Parameters<typeof resolveToText>[0]) => resolveToText(template, context.scope());
  const { region } = context.target;
  if (of.kind === 'cognito') return forCognito(text(of.pool), `${text(of.domain)}.auth.${region}.amazoncognito.com`);
  return forAws(text(of.provider), region);
}

function forAws(providerName: string, region: string): RelyingPartyFound {
  const { name: partition } = partitionOf(region);
  const regions = [region, ...(partition === 'aws' ? alsoSignInAt.filter((each) => each !== region).slice(0, 2) : [])];
  const endpoint = signInUrl(region);
  const answer = {
    identifier: partition === 'aws-cn' ? 'urn:amazon:webservices:cn-north-1' : 'urn:amazon:webservices',
    metadataUrl: new URL('/static/saml-metadata.xml', endpoint).href,
    endpoint,
    endpoints: regions.map(signInUrl),
    claimRules: adfsClaimRules({ providerName, partition }),
    metadata: awsSpMetadata(regions),
  };
  return {
    answer,
    facts: [
      { name: 'Federation metadata address', value: answer.metadataUrl },
      { name: 'Trust identifier', value: answer.identifier },
      ...answer.endpoints.map((value, at) => ({
        name: at === 0 ? 'Endpoint (SAML, POST)' : 'And, in case of trouble',
        value,
      })),
    ],
    texts: [
      { title: 'Claim rules for AD FS', text: answer.claimRules },
      { title: 'Metadata of AWS sign-in, as a file', text: answer.metadata },
    ],
  };
}

function forCognito(poolId: string, domain: string): RelyingPartyFound {
  const answer = {
    identifier: `urn:amazon:cognito:sp:${poolId}`,
    endpoint: `https://${domain}/saml2/idpresponse`,
    logout: `https://${domain}/saml2/logout`,
    metadata: cognitoSpMetadata({ poolId, domain }),
  };
  return {
    answer,
    facts: [
      { name: 'Trust identifier', value: answer.identifier },
      { name: 'Endpoint (SAML, POST)', value: answer.endpoint },
      { name: 'Sign-out (POST)', value: answer.logout },
    ],
    texts: [{ title: 'Metadata of the user pool, as a file', text: answer.metadata }],
  };
}
