// Amazon SNS: requests of the SDK's shapes in, answers of its shapes out; messages leave to queues, web servers and the mailbox.
// It knows no HTTP but the POSTs it sends to subscribers, and nothing of queues but their port.
import type { Handler, Service, World } from '../service.ts';
import { confirmHandlers, expireLater } from './confirm.ts';
import { createDeliveries } from './delivery/deliveries.ts';
import { applicationHandlers } from './mobile/applications.ts';
import { endpointHandlers } from './mobile/endpoints.ts';
import { smsHandlers } from './mobile/smsHandlers.ts';
import { smsSandboxHandlers } from './mobile/smsSandbox.ts';
import { permissionHandlers } from './permissions.ts';
import { findPage } from './page.ts';
import { createPort } from './port.ts';
import { publishHandlers } from './publish.ts';
import { publishBatchHandlers } from './publishBatch.ts';
import { resourcesOf } from './resources.ts';
import { createSigner } from './signature/signer.ts';
import type { SignerData } from './signature/signer.ts';
import type { Sns } from './sns.ts';
import { emptyState } from './state.ts';
import type { SnsState } from './state.ts';
import { subscribeHandlers } from './subscribe.ts';
import { subscriptionHandlers } from './subscriptions.ts';
import { tagHandlers } from './tags.ts';
import { topicHandlers } from './topics.ts';

interface Saved {
  readonly state: SnsState;
  readonly signer: SignerData | undefined;
}

export function createSns(world: World): Service {
  const signer = createSigner(() => world.clock.now());
  const sealing = { signer, endpoint: () => world.endpoint() };
  const sns: Sns = {
    world,
    signer,
    deliveries: createDeliveries({ world, sealing, state: () => sns.state }),
    state: emptyState(),
  };
  const handlers = {
    ...topicHandlers(sns),
    ...permissionHandlers(sns),
    ...tagHandlers(sns),
    ...subscribeHandlers(sns),
    ...confirmHandlers(sns),
    ...subscriptionHandlers(sns),
    ...publishHandlers(sns),
    ...publishBatchHandlers(sns),
    ...applicationHandlers(sns),
    ...endpointHandlers(sns),
    ...smsHandlers(sns),
    ...smsSandboxHandlers(sns),
  };
  return {
    name: 'sns',
    handlers: handlers satisfies Record<string, Handler>,
    port: createPort(sns),
    snapshot: (): Saved => ({ state: sns.state, signer: sns.state.topics.size > 0 ? signer.snapshot() : undefined }),
    restore(data) {
      const saved = data as Saved; // what snapshot gave
      sns.state = saved.state;
      signer.restore(saved.signer);
      for (const subscription of sns.state.subscriptions.values())
        if (subscription.pending) expireLater(sns, subscription);
      if (sns.state.subscriptions.size > 0) sns.deliveries.prepare();
      sns.deliveries.resume();
    },
    reset() {
      sns.state = emptyState();
    },
    resources: () => resourcesOf(sns.state),
    policyOf: (arn) => sns.state.topics.get(arn)?.policy,
    page: (path, query) => findPage(sns, path, query),
  };
}
