// A user and where they want to go -> the signed response, whole or broken on purpose.
import { attributePrefix } from '../../saml/message/awsAttributes.ts';
import { buildResponse, type ResponseWish } from '../../saml/message/buildResponse.ts';
import type { Break } from './breaks.ts';
import { entityID, keyOf, strangersKey } from './keys.ts';
import type { Idp, SignOn } from './state.ts';
import type { IdpUser } from './users.ts';

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/';

export interface MadeResponse {
  readonly xml: string;
  readonly id: string;
}

export async function respond(
  idp: Idp,
  user: IdpUser,
  signOn: SignOn,
  broken: Break | undefined,
): Promise<MadeResponse> {
  const { world } = idp;
  const wish: ResponseWish = {
    issuer: entityID,
    destination: signOn.destination,
    audience: signOn.audience,
    nameId: { value: user.name, format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' },
    attributes: signOn.service === 'aws' ? await awsAttributes(idp, user) : peopleAttributes(user),
    ...(signOn.inResponseTo !== undefined && { inResponseTo: signOn.inResponseTo }),
    now: world.clock.now(),
    ids: { response: `_${world.id()}`, assertion: `_${world.id()}` },
    key: broken?.id === 'other-key' ? strangersKey(idp) : keyOf(idp),
  };
  const wished = broken?.wish?.(wish) ?? wish;
  const xml = buildResponse(wished);
  return { xml: broken?.spoil?.(xml, wished) ?? xml, id: wish.ids.response };
}

/** Names as AD FS has them, which is what attribute mappings usually say. */
const peopleAttributes = (user: IdpUser): ResponseWish['attributes'] => ({
  [`${claims}emailaddress`]: [user.mail],
  [`${claims}givenname`]: [user.givenName],
  ...(user.surname !== '' && { [`${claims}surname`]: [user.surname] }),
  [`${claims}name`]: [`${user.givenName} ${user.surname}`.trim()],
  ...(user.groups.length > 0 && { 'http://schemas.xmlsoap.org/claims/Group': user.groups }),
  ...user.attributes,
});

/** Of the roles that trust this provider those the user has. */
async function awsAttributes({ world }: Idp, user: IdpUser): Promise<ResponseWish['attributes']> {
  const all = (await world.port('iam')).samlRoles(entityID);
  const own = all.filter(
    ({ role }) => user.roles.includes('*') || user.roles.includes(role.slice(role.lastIndexOf('/') + 1)),
  );
  return {
    ...(own.length > 0 && { [`${attributePrefix}Role`]: own.map(({ role, provider }) => `${role},${provider}`) }),
    [`${attributePrefix}RoleSessionName`]: [user.mail],
    [`${attributePrefix}SessionDuration`]: ['3600'],
    ...user.attributes,
  };
}
