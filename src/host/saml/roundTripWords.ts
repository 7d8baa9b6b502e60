// What each message of a round trip is for, and what its parameters and fields mean. Pure; texts only.
import type { TripName } from '../../protocol/roundTrip.ts';
import type { LineId } from './roundTripJourney.ts';

const signInWhy =
  'Who it is, only the identity provider learns: password, second factor and all stay there, and AWS sees none of it. Here nobody has a password.';
const postWhy =
  'SAML travels through the browser: the provider’s page has a form with the response in base64, which sends itself to the service’s assertion consumer address.';

const whys: Readonly<Record<LineId, Readonly<Partial<Record<TripName, string>>>>> = {
  authorize: {
    cognito:
      'The app sends the browser to Cognito and says who it is, where it wants the user back, and what it wants to know. This is OAuth, not SAML yet.',
  },
  request: {
    cognito:
      'Cognito asks the identity provider who this is: an AuthnRequest, compressed with DEFLATE, in base64, in the query of a redirection. Cognito’s cookie (not shown) remembers who asked.',
  },
  'sign-in': { aws: signInWhy, cognito: signInWhy },
  response: {
    aws: 'The answer: a samlp:Response with an assertion, signed with the provider’s key. Nobody asked: with AWS sign-in, the trip always begins at the provider (IdP-initiated).',
    cognito:
      'The answer: a samlp:Response with an assertion, signed with the provider’s key. It is for this service, this address, and the next five minutes.',
  },
  post: {
    aws: `${postWhy} AWS sign-in looks which roles it names; where there are several, the user chooses.`,
    cognito: `${postWhy} Cognito verifies it, and makes or updates the user of the pool.`,
  },
  assume: {
    aws: 'AWS sign-in asks STS for the role. No key signs this call: the assertion is what proves who asks. STS checks each field below, and then the trust policy of the role.',
  },
  credentials: {
    aws: 'STS answers with credentials that end. With them the console opens, or the command line works; what may be done is what the role allows.',
  },
  code: {
    cognito:
      'Not the tokens travel through the browser, only a code, which is good for one exchange within five minutes.',
  },
  redeem: {
    cognito:
      'The app’s server redeems the code directly with Cognito. With PKCE it also shows the verifier whose hash it sent at the beginning: a stolen code alone is worth nothing. Here the editor is the app’s server.',
  },
  tokens: {
    cognito:
      'Two JSON web tokens: the ID token says who signed in, the access token what the app may do for them. Verify the signature with the pool’s public keys before you believe a claim.',
  },
  'user-info': { cognito: 'With the access token the app may ask for the user’s attributes, as far as its scopes go.' },
  'logout-request': {
    cognito:
      'The user signs out of the app; Cognito forgets its cookie and asks the identity provider to forget the user too. Sign-out requests are always signed.',
  },
  'logout-response': {
    cognito: 'The identity provider has forgotten the user. The browser carries the answer back, and ends at the app.',
  },
};

export const purposeOf = (id: LineId, trip: TripName): string => whys[id][trip] ?? whys[id].cognito ?? '';

export const parameterWords: Readonly<Record<string, string>> = {
  client_id: 'Which app asks.',
  redirect_uri: 'Must be one of the callback addresses of the app client, letter by letter.',
  response_type: 'code: tokens do not travel through the browser.',
  scope: 'What the app wants to know.',
  state: 'Comes back as it was: the app sees that the answer belongs to its own question.',
  code_challenge: 'PKCE: the hash of a secret that only the app’s server has.',
  identity_provider: 'Straight to this one, without Cognito’s sign-in page.',
  code: 'Good for one exchange.',
};

export const answerWords: Readonly<Record<string, string>> = {
  Subject: 'The NameID.',
  Audience: 'What AWS calls so is the Recipient.',
  NameQualifier: 'A hash of issuer, account and provider: with the Subject it is unique.',
  Arn: 'Who you are now, as CloudTrail writes it.',
};
