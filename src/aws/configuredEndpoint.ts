// `endpoint_url`, as environment and profile configure it: for one service, or for all.
import type { ServiceName } from './operations.ts';

export type EndpointOf = (service?: ServiceName) => string | undefined;

export async function configuredEndpoint(profile: string | undefined, env: NodeJS.ProcessEnv): Promise<EndpointOf> {
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return () => undefined;
  const { loadSharedConfigFiles, getProfileName } = await import('@smithy/core/config');
  const { configFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const section = configFile[getProfileName(profile === undefined ? {} : { profile })];
  const services = section?.['services'] === undefined ? undefined : configFile[`services.${section['services']}`];
  // An empty value is one that somebody has cleared.
  const all = env['AWS_ENDPOINT_URL'] || section?.['endpoint_url'] || undefined;
  return (service) =>
    service === undefined
      ? all
      : env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || services?.[`${service}.endpoint_url`] || all;
}
