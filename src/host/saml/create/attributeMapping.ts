// Which attribute of assertions fills which of a user pool: offered from what the metadata announces, and from what AD FS usually sends.
import { namespaces } from '../../../saml/xml/namespaces.ts';
import { attributeOf, walk } from '../../../saml/xml/document.ts';
import { parseXml } from '../../../saml/xml/parseXml.ts';

export interface OfferedAttribute {
  /** As assertions name it. */
  readonly name: string;
  readonly announced: boolean;
}

export interface MappingOffer {
  /** Attribute of the pool. */
  readonly to: string;
  readonly from: OfferedAttribute;
}

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/';

/** AD FS's claim first, then how others call it: the object identifiers of eduPerson and LDAP, and plain names. */
const usual: Readonly<Record<string, readonly string[]>> = {
  email: [`${claims}emailaddress`, 'urn:oid:0.9.2342.19200300.100.1.3', 'email', 'mail'],
  given_name: [`${claims}givenname`, 'urn:oid:2.5.4.42', 'givenName', 'firstName'],
  family_name: [`${claims}surname`, 'urn:oid:2.5.4.4', 'sn', 'lastName'],
  name: [`${claims}name`, 'urn:oid:2.16.840.1.113730.3.1.241', 'displayName', 'name'],
  preferred_username: [`${claims}upn`, 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6', 'upn', 'uid'],
  phone_number: [`${claims}mobilephone`, 'urn:oid:2.5.4.20', 'telephoneNumber'],
};

/** Names of the attributes that the metadata announces, in its order. */
export function announcedIn(text: string): readonly string[] {
  const parsed = parseXml(text);
  if (!parsed.ok) return [];
  const found = [...walk(parsed.document.root)].filter(
    ({ local, namespace }) => local === 'Attribute' && namespace === namespaces.saml,
  );
  return [...new Set(found.flatMap((element) => attributeOf(element, 'Name')?.value ?? []))];
}

/** One for each attribute of the pool that something is known to fill; the others can be typed. */
export function mappingOffers(announced: readonly string[], attributes: readonly string[]): readonly MappingOffer[] {
  return attributes.flatMap((to) => {
    const known = Object.hasOwn(usual, to) ? (usual[to] ?? []) : [];
    const said =
      known.find((name) => announced.includes(name)) ?? announced.find((name) => lastWord(name) === lastWord(to));
    const name = said ?? known[0];
    return name === undefined ? [] : [{ to, from: { name, announced: said !== undefined } }];
  });
}

const lastWord = (name: string): string => (name.split(/[/:]/).at(-1) ?? '').replaceAll(/[-_]/g, '').toLowerCase();

/** `email=http://..., custom:team=team`: as somebody types further ones. */
export function readMapping(text: string): Readonly<Record<string, string>> | string {
  const pairs = text.split(/[\s,]+/).filter(Boolean);
  const wrong = pairs.find((pair) => !/^[^=]{1,32}=.+$/.test(pair));
  if (wrong !== undefined) return `${wrong} is not of the form attribute=name, such as email=mail.`;
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
