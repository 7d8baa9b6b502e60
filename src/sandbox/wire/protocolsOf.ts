// The protocols a service speaks. The REST ones are loaded with the first service that needs them.
import type { ServiceDescription } from './description.ts';
import { createJsonProtocol } from './jsonProtocol.ts';
import type { Model } from './model.ts';
import type { Protocol } from './protocol.ts';
import { createQueryProtocol, ec2Protocol } from './queryProtocol.ts';

export interface Protocols {
  readonly protocol: Protocol;
  readonly query: Protocol | undefined;
}

export async function protocolsOf(
  description: ServiceDescription,
  endpoint: () => string,
  model: () => Model,
): Promise<Protocols> {
  const query = description.alsoQuery ? createQueryProtocol(description, endpoint) : undefined;
  switch (description.protocol) {
    case 'json':
      return { protocol: createJsonProtocol(description), query };
    case 'query':
      return { protocol: createQueryProtocol(description, endpoint), query };
    case 'ec2':
      return { protocol: ec2Protocol, query };
    case 'restJson':
    case 'restXml': {
      const { createRestProtocol } = await import('./restProtocol.ts');
      return { protocol: createRestProtocol(description, model), query };
    }
  }
}
