// The bindings of SAML, in words, and which endpoint can have which.
import type { Endpoint } from '../metadata.ts';

const saml2 = 'urn:oasis:names:tc:SAML:2.0:bindings:';
export const redirect = `${saml2}HTTP-Redirect`;
export const post = `${saml2}HTTP-POST`;
export const artifact = `${saml2}HTTP-Artifact`;
export const simpleSign = `${saml2}HTTP-POST-SimpleSign`;
const soap = `${saml2}SOAP`;
const paos = `${saml2}PAOS`;
const uri = `${saml2}URI`;
const soap1 = 'urn:oasis:names:tc:SAML:1.0:bindings:SOAP-binding';
const holderOfKey = 'urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser';
const shibboleth1 = 'urn:mace:shibboleth:1.0:profiles:AuthnRequest';
const shibboleth2 = 'urn:mace:shibboleth:2.0:profiles:AuthnRequest';
const post1 = 'urn:oasis:names:tc:SAML:1.0:profiles:browser-post';
const artifact1 = 'urn:oasis:names:tc:SAML:1.0:profiles:artifact-01';
const wsFederation = 'http://schemas.xmlsoap.org/ws/2003/07/secext';
const cas = 'https://www.apereo.org/cas/protocol';

/** What a binding means, for people. */
export const bindingWords: Readonly<Record<string, string>> = {
  [redirect]: 'HTTP-Redirect: the browser is sent there with the message in the address',
  [post]: 'HTTP-POST: the browser posts the message there from a form',
  [artifact]: 'HTTP-Artifact: the browser carries a ticket, for which the message is fetched',
  [simpleSign]: 'HTTP-POST-SimpleSign: posted, with a signature beside the message',
  [soap]: 'SOAP: the servers talk to each other',
  [paos]: 'PAOS: for clients that are no browsers (ECP)',
  [uri]: 'URI: an assertion is fetched by its address',
  [soap1]: 'SOAP of SAML 1.1',
  [holderOfKey]: 'Holder of key: the user shows a certificate too',
  [shibboleth1]: 'Shibboleth 1.x request (SAML 1.1)',
  [shibboleth2]: 'Shibboleth 2.x request without SAML (unsolicited SSO)',
  [post1]: 'Browser POST of SAML 1.1',
  [artifact1]: 'Browser artifact of SAML 1.1',
  [wsFederation]: 'WS-Federation',
};

const front = [redirect, post, artifact, simpleSign];
const back = [soap, soap1];

const allowed: Readonly<Record<string, readonly string[]>> = {
  SingleSignOnService: [...front, soap, holderOfKey, shibboleth1, shibboleth2, paos, cas, wsFederation],
  AssertionConsumerService: [...front, paos, holderOfKey, post1, artifact1, soap, wsFederation, cas],
  SingleLogoutService: [...front, soap, wsFederation, cas],
  ManageNameIDService: [...front, soap],
  ArtifactResolutionService: back,
  AssertionIDRequestService: [...back, uri],
  AttributeService: back,
  AuthnQueryService: back,
  AuthzService: back,
  NameIDMappingService: back,
};

export const frontChannel: ReadonlySet<string> = new Set(front);
export const bindingIn = ({ binding }: Endpoint): string => binding?.value.trim() ?? '';
export const isSaml2Binding = (binding: string): boolean => binding.startsWith(saml2);

/** undefined: it can have it. */
export function bindingObjection(service: string, binding: string): string | undefined {
  const fitting = allowed[service];
  if (!fitting || fitting.includes(binding)) return undefined;
  if (Object.hasOwn(bindingWords, binding))
    return `${service} cannot have the binding ${binding.split(':').at(-1) ?? binding}.`;
  const short = binding.length > 80 ? `${binding.slice(0, 80)}...` : binding;
  return `${short === '' ? 'An empty text' : short} is no binding that is known.`;
}
