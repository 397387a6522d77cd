import { describe, expect, it } from '@jest/globals';
import { nextDeliveryStatus, pauseSeconds, type DeliveryCommand, type DeliveryStatus } from './delivery.js';

const statuses: DeliveryStatus[] = ['pending', 'sending', 'delivered', 'failed'];
const commands: DeliveryCommand[] = ['take', 'arrive', 'retry-later', 'give-up', 'resend'];

describe('the life of a delivery', () => {
  it('allows these moves and no others', () => {
    const moves = statuses.flatMap((status) =>
      commands.flatMap((command) => {
        const next = nextDeliveryStatus(status, command);
        return next ? [`${status} ${command} ${next}`] : [];
      }),
    );
    expect(moves).toEqual([
      'pending take sending',
      'sending take sending',
      'sending arrive delivered',
      'sending retry-later pending',
      'sending give-up failed',
      'failed resend pending',
    ]);
  });

  it('waits longer after each attempt, at most 15 minutes', () => {
    expect([1, 2, 3, 8, 20].map(pauseSeconds)).toEqual([2, 4, 8, 256, 900]);
  });
});
