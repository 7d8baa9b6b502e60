// The provider's key and its metadata. A rollover has three steps, as anywhere: announce the new key, switch to it, retire the old one.
import { makeKeyPair, type KeyPair } from '../../saml/certificate/makeCertificate.ts';
import type { Idp } from './state.ts';

/** Without a port: it stays the same wherever the sandbox listens. An identifier, not an address. */
export const entityID = 'http://idp.localhost/saml';

export const address = ({ world }: Idp, name = 'idp'): string =>
  `http://${name}.localhost${/:\d+$/.exec(world.endpoint())?.[0] ?? ''}`;

const year = 365 * 86_400_000;

export function makeKey({ world }: Idp): KeyPair {
  const now = Math.floor(world.clock.now() / 1000) * 1000;
  return makeKeyPair({
    commonName: 'AWS Learning Labs identity provider',
    validFrom: now - 86_400_000,
    validTo: now + 3 * year,
    serial: Buffer.from(world.token(8), 'base64url'),
  });
}

export function keyOf(idp: Idp): KeyPair {
  if (!idp.state.key) {
    idp.state.key = makeKey(idp);
    idp.world.changed();
  }
  return idp.state.key;
}

/** Somebody else's, for a response that nobody should take: never in the metadata, so one does for all. */
export const strangersKey = (idp: Idp): KeyPair => (idp.stranger ??= makeKey(idp));

export type RolloverStep = 'announce' | 'switch' | 'retire';

/** `switch` without `announce` is the accident that happens in real life. */
export function rollOver(idp: Idp, step: RolloverStep): void {
  const { state } = idp;
  const current = keyOf(idp);
  if (step === 'announce') state.next ??= makeKey(idp);
  else if (step === 'switch') {
    state.old = current;
    state.key = state.next ?? makeKey(idp);
    state.next = undefined;
  } else state.old = undefined;
  idp.world.changed();
}

export async function metadataOf(idp: Idp): Promise<string> {
  const { buildIdpMetadata } = await import('../../saml/message/buildMetadata.ts');
  const { old, next } = idp.state;
  const web = address(idp);
  const signing = [keyOf(idp), next, old].flatMap((key) => key?.certificate ?? []);
  return buildIdpMetadata({
    entityID,
    signing,
    signOn: { redirect: `${web}/sso`, post: `${web}/sso` },
    logout: { redirect: `${web}/slo`, post: `${web}/slo` },
    organization: 'AWS Learning Labs',
  });
}
