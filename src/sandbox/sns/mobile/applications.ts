import type { Call } from '../../service.ts';
import { requireArn } from '../arn.ts';
import { pageOf } from '../pages.ts';
import { invalid, missing, notFound } from '../refusals.ts';
import type { Sns, SnsHandlers } from '../sns.ts';
import type { PlatformApplication } from '../state.ts';

const platforms = new Set([
  'ADM',
  'APNS',
  'APNS_SANDBOX',
  'APNS_VOIP',
  'APNS_VOIP_SANDBOX',
  'BAIDU',
  'FCM',
  'GCM',
  'MACOS',
  'MACOS_SANDBOX',
  'MPNS',
  'WNS',
]);
/** What goes in and never comes out again. */
const secret = new Set(['PlatformPrincipal', 'PlatformCredential']);

type Attributes = Readonly<Record<string, string>>;

export const applicationHandlers = (sns: Sns) =>
  ({
    CreatePlatformApplication({ Name, Platform, Attributes }, call) {
      checkName(Name);
      if (!platforms.has(Platform)) throw invalid(`Platform Reason: ${Platform} is not supported`);
      const arn = `arn:aws:sns:${call.region}:${call.account}:app/${Platform}/${Name}`;
      const existing = sns.state.applications.get(arn);
      const { account, region } = call;
      const application = existing ?? { arn, account, region, attributes: new Map([['Enabled', 'true']]) };
      setAttributes(application, requireCredentials(Attributes));
      sns.state.applications.set(arn, application);
      sns.world.changed();
      return { PlatformApplicationArn: arn };
    },
    DeletePlatformApplication({ PlatformApplicationArn }) {
      sns.state.applications.delete(PlatformApplicationArn);
      for (const { arn, applicationArn } of sns.state.endpoints.values())
        if (applicationArn === PlatformApplicationArn) sns.state.endpoints.delete(arn);
      sns.world.changed();
    },
    ListPlatformApplications({ NextToken }, call) {
      const { items, ...more } = pageOf([...sns.state.applications.values()].filter(isOf(call)), NextToken);
      const PlatformApplications = items.map(({ arn, attributes }) => ({
        PlatformApplicationArn: arn,
        Attributes: Object.fromEntries(attributes),
      }));
      return { PlatformApplications, ...more };
    },
    GetPlatformApplicationAttributes({ PlatformApplicationArn }) {
      return { Attributes: Object.fromEntries(applicationFor(sns, PlatformApplicationArn).attributes) };
    },
    SetPlatformApplicationAttributes({ PlatformApplicationArn, Attributes }) {
      if (Attributes === undefined || Object.keys(Attributes).length === 0) throw missing('attributes');
      setAttributes(applicationFor(sns, PlatformApplicationArn), Attributes);
      sns.world.changed();
    },
  }) satisfies SnsHandlers;

const isOf = (call: Call) => (application: PlatformApplication) =>
  application.account === call.account && application.region === call.region;

export function applicationFor(sns: Sns, arn: string): PlatformApplication {
  requireArn('PlatformApplicationArn', arn);
  const application = sns.state.applications.get(arn);
  if (application === undefined) throw notFound('PlatformApplication');
  return application;
}

function checkName(name: string): void {
  if (name === '') throw invalid(' Reason: cannot be empty');
  if (name.length > 256) throw invalid(`${name} Reason: must be at most 256 characters long`);
  if (!/^[\w.-]+$/.test(name))
    throw invalid(`${name} Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'`);
}

/** Any credentials do: nothing is ever sent to a push service. */
function requireCredentials(attributes: Attributes | undefined): Attributes {
  if (attributes === undefined || Object.keys(attributes).length === 0) throw missing('attributes');
  const { PlatformCredential, PlatformPrincipal } = attributes;
  if (PlatformPrincipal !== undefined && PlatformCredential === undefined)
    throw invalid('Attributes Reason: PlatformPrincipal attribute provided without PlatformCredential');
  if (PlatformCredential !== undefined && PlatformPrincipal === undefined)
    throw invalid('Attributes Reason: PlatformCredential attribute provided without PlatformPrincipal');
  return attributes;
}

function setAttributes(application: PlatformApplication, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes))
    if (!secret.has(name)) application.attributes.set(name, value);
}
