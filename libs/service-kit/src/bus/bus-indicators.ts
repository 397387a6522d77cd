import type { HealthIndicator } from '../observability/health.http.js';
import type { BatchKafkaServer } from './batch-kafka-server.js';
import type { Relay } from './relay.js';

/** Up while the consumer is a member of its group. */
export function consumerIndicator({ state }: BatchKafkaServer): HealthIndicator {
  return {
    name: 'consumer',
    check: () => {
      if (!state.consuming) throw new Error(state.reason);
    },
  };
}

/** Up while the relay publishes, or stands by for one that does. */
export function relayIndicator(relay: Relay): HealthIndicator {
  return {
    name: 'relay',
    check: () => {
      if (!relay.state.leading && !relay.state.standby) throw new Error('neither publishes nor stands by');
    },
  };
}
