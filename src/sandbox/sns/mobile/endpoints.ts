import { requireArn } from '../arn.ts';
import { pageOf } from '../pages.ts';
import { invalid, missing, notFound } from '../refusals.ts';
import type { Sns, SnsHandlers } from '../sns.ts';
import type { PlatformEndpoint } from '../state.ts';
import { applicationFor } from './applications.ts';

const settable = new Set(['Token', 'Enabled', 'CustomUserData']);
const maxUserData = 2048;

type Attributes = Readonly<Record<string, string>>;

export const endpointHandlers = (sns: Sns) =>
  ({
    CreatePlatformEndpoint({ PlatformApplicationArn, Token, CustomUserData, Attributes }) {
      const application = applicationFor(sns, PlatformApplicationArn);
      const attributes: Attributes = {
        Enabled: 'true',
        ...(CustomUserData === undefined ? {} : { CustomUserData }),
        ...checked(Attributes ?? {}), // what is given twice counts from here
        Token,
      };
      const existing = [...sns.state.endpoints.values()].find(
        (one) => one.applicationArn === application.arn && one.attributes.get('Token') === Token,
      );
      if (existing !== undefined) return { EndpointArn: requireSame(existing, attributes) };
      const arn = `${application.arn.replace(':app/', ':endpoint/')}/${sns.world.id()}`;
      const endpoint = { arn, applicationArn: application.arn, attributes: new Map(Object.entries(attributes)) };
      sns.state.endpoints.set(arn, endpoint);
      sns.world.changed();
      return { EndpointArn: arn };
    },
    DeleteEndpoint({ EndpointArn }) {
      sns.state.endpoints.delete(EndpointArn); // its subscriptions stay, as on AWS
      sns.world.changed();
    },
    ListEndpointsByPlatformApplication({ PlatformApplicationArn, NextToken }) {
      const { arn } = applicationFor(sns, PlatformApplicationArn);
      const own = [...sns.state.endpoints.values()].filter(({ applicationArn }) => applicationArn === arn);
      const { items, ...more } = pageOf(own, NextToken);
      const Endpoints = items.map((one) => ({ EndpointArn: one.arn, Attributes: Object.fromEntries(one.attributes) }));
      return { Endpoints, ...more };
    },
    GetEndpointAttributes({ EndpointArn }) {
      return { Attributes: Object.fromEntries(endpointFor(sns, EndpointArn).attributes) };
    },
    SetEndpointAttributes({ EndpointArn, Attributes }) {
      if (Attributes === undefined || Object.keys(Attributes).length === 0) throw missing('attributes');
      const { attributes } = endpointFor(sns, EndpointArn);
      for (const [name, value] of Object.entries(checked(Attributes))) attributes.set(name, value);
      sns.world.changed();
    },
  }) satisfies SnsHandlers;

function endpointFor(sns: Sns, arn: string): PlatformEndpoint {
  const { resource } = requireArn('EndpointArn', arn);
  if (resource.split('/').length !== 4)
    throw invalid('EndpointArn Reason: Wrong number of slashes in relative portion of the ARN.');
  const endpoint = sns.state.endpoints.get(arn);
  if (endpoint === undefined) throw notFound('Endpoint');
  return endpoint;
}

function requireSame(existing: PlatformEndpoint, wanted: Attributes): string {
  const differs = Object.entries(wanted).some(([name, value]) => existing.attributes.get(name) !== value);
  if (differs)
    throw invalid(
      `Token Reason: Endpoint ${existing.arn} already exists with the same Token, but different attributes.`,
    );
  return existing.arn;
}

function checked(attributes: Attributes): Attributes {
  for (const [name, value] of Object.entries(attributes)) {
    if (!settable.has(name)) throw invalid(`Attributes Reason: Invalid attribute name: ${name}`);
    if (name === 'CustomUserData' && Buffer.byteLength(value) > maxUserData)
      throw invalid(
        `Attributes Reason: Invalid value for attribute: CustomUserData: must be at most ${maxUserData} bytes long in UTF-8 encoding`,
      );
  }
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, name === 'Enabled' ? value.toLowerCase() : value]),
  );
}
