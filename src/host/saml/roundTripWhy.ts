// An error of AWS or Cognito, in AWS's own words -> why it came, and how one meets it in real life. Pure; texts only.
import type { TripName } from '../../protocol/roundTrip.ts';

export interface Explained {
  readonly why: string;
  readonly realLife: string;
}

type Case = Explained & {
  readonly also?: Readonly<Partial<Record<TripName, string>>>;
  /** In place of `realLife`, where the two services are met differently. */
  readonly lifeAt?: Readonly<Partial<Record<TripName, string>>>;
};

/** By what was broken on purpose. */
const broken: Readonly<Record<string, Case>> = {
  audience: {
    why: 'The assertion was made for https://other.example.com/saml. Its signature holds, and yet it is not for this service: otherwise one service could present your assertion at another, and be you there.',
    realLife:
      'The identifier of the relying party is wrong at the identity provider: in AD FS, Relying Party Trusts, Identifiers. It should be urn:amazon:webservices for AWS, and urn:amazon:cognito:sp:<pool id> for a user pool. Often it is the pool id of another stage.',
  },
  recipient: {
    why: 'SubjectConfirmationData says that the assertion may be presented at https://other.example.com/acs only.',
    also: {
      aws: 'For AWS that is a matter of the role: the condition key SAML:aud is the Recipient (not the Audience), and the trust policy asks for the sign-in address. So it says AccessDenied, and nothing of SAML.',
      cognito: 'Cognito compares it with its own address, /saml2/idpresponse at the domain of the pool.',
    },
    realLife:
      'The assertion consumer address at the identity provider is another region’s, an old domain of the pool, or has a slash too much. For AWS: list every regional sign-in address that you use in the trust policy’s SAML:aud.',
  },
  time: {
    why: 'The assertion was issued an hour ago and was good for five minutes. An old one may have been stolen on its way.',
    realLife:
      'The clock of the identity provider is wrong (look at its time service), somebody went back in the browser and sent the form again, or the sign-in page lay open for long. It comes and goes, and for everybody at once when it is the clock.',
  },
  altered: {
    why: 'After it was signed, the mail address in the attributes was changed. The digest in the signature is that of the text as it was: one letter is enough.',
    realLife:
      'Nobody sees this by accident but where something between rewrites XML: a proxy that inspects, a tool that pretty-prints. If it is none of these, somebody tried to be somebody else.',
  },
  'other-key': {
    why: 'The signature is a right one, but of a key that is not in the metadata which the service has. Whoever has a key can sign; only the provider’s own counts.',
    realLife:
      'After the identity provider has changed its certificate, everybody gets this at once. Compare the thumbprint in the response with the metadata at AWS, and upload the new metadata. IAM never fetches it by itself.',
  },
  wrapped: {
    why: 'There are two assertions: the signed one, moved aside, and a forged one without a signature where the service looks. A service that verifies one and reads the other would take the forgery. AWS reads only what it has verified.',
    realLife:
      'This is an attack (signature wrapping), never an accident. It shows as a signature error in CloudTrail (AssumeRoleWithSAML, errorCode InvalidIdentityToken); your own services need a library that returns the element whose signature it verified.',
    lifeAt: {
      cognito:
        'This is an attack (signature wrapping), never an accident. Cognito tells the app, in the address it sends the browser back to; your own services need a library that returns the element whose signature it verified.',
    },
  },
  'no-role': {
    why: 'The response says who the user is, but not what they may be.',
    also: {
      aws: 'The attribute https://aws.amazon.com/SAML/Attributes/Role is missing, so that AWS sign-in has no role to ask STS for. It refuses by itself: STS is never asked, and CloudTrail has nothing.',
      cognito: 'The mail address is missing. The pool requires the attribute email, which is mapped from it.',
    },
    realLife:
      'The user is in none of the groups that the claim rules turn into roles, or a rule has a slip. The name of the attribute counts letter by letter, upper and lower case too. Ask the user for the SAMLResponse from the browser’s network tools, and decode it.',
    lifeAt: {
      cognito:
        'This user has no mail address in the directory, the claim rule for it is missing, or the attribute mapping of the pool has another name for it. The name counts letter by letter. Ask the user for the SAMLResponse from the browser’s network tools, and decode it.',
    },
  },
};

/** Nothing was broken on purpose: by what was said. */
const said: readonly (readonly [pattern: RegExp, explained: Case])[] = [
  [
    /signature/i,
    {
      why: 'No key of the metadata at the service fits the signature. After a rollover that is what happens: the identity provider signs with a new key, and the service still has the old metadata.',
      realLife:
        'Everybody gets this from one minute to the next, usually on the day when the certificate was renewed (AD FS does that yearly by itself). Download the new metadata, and give it to IAM (UpdateSAMLProvider) and to Cognito. With MetadataURL, Cognito looks again by itself, about every six hours.',
    },
  ],
  [
    /invalid SAML response\. To logout/,
    {
      why: 'The response names no role for AWS: this user has none at the identity provider, or no role trusts the provider.',
      realLife:
        'The user is not in a group that the claim rules turn into a role. New employees see this most. Decode the SAMLResponse: the attribute Role is missing or empty.',
    },
  ],
  [
    /Not authorized to perform sts:AssumeRoleWithSAML/,
    {
      why: 'The response is right, but the role does not let it in: its trust policy names another provider, wants another SAML:aud, or does not allow what the response brings (session tags, a source identity).',
      realLife:
        'A typing error in an ARN, a role in another account, or a trust policy without the sign-in address that is used. CloudTrail shows the call with AccessDenied.',
    },
  ],
  [
    /expired|within 5 minutes/i,
    {
      why: 'The assertion was presented too late.',
      realLife: 'The clocks differ, or an old form was sent again. In the sandbox: its clock was moved on in between.',
    },
  ],
  [
    /attribute is required/,
    {
      why: 'The pool requires an attribute which the response does not bring, or which is not mapped.',
      realLife:
        'The attribute mapping of the identity provider in Cognito has the wrong name, or this user has no mail address in the directory.',
    },
  ],
  [
    /invalid_grant/,
    {
      why: 'The code was used already, is older than five minutes, or the verifier is not the one its challenge was made from.',
      realLife: 'Two servers of the app redeem the same code, or a browser sends the callback twice.',
    },
  ],
];

const otherwise: Explained = {
  why: 'The service refused the message.',
  realLife: 'Look at the fields below: what is marked does not fit.',
};

export function explainError(message: string, trip: TripName, brokenBy: string | undefined): Explained {
  const known =
    (brokenBy !== undefined && Object.hasOwn(broken, brokenBy) ? broken[brokenBy] : undefined) ??
    said.find(([pattern]) => pattern.test(message))?.[1];
  if (!known) return otherwise;
  const more = known.also?.[trip];
  const realLife = known.lifeAt?.[trip] ?? known.realLife;
  return { why: more === undefined ? known.why : `${known.why} ${more}`, realLife };
}
