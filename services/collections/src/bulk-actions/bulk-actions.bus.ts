import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { Clock, lockRun, type Run } from '@recoup/service-kit';
import { endIfSettled } from './end-bulk-action.js';
import { takeAnswer } from './take-answer.js';

/** Answers of the ledger to chunks of bulk actions. */
@Controller()
export class BulkActionsBus {
  constructor(private readonly clock: Clock) {}

  /** Finishes the chunk that an answer is about; the same answer twice changes nothing. */
  @EventPattern('recoup.ledger.chunk-executed.v1')
  async chunkExecuted(@Payload() { tx, messages }: Run<'recoup.ledger.chunk-executed.v1'>): Promise<void> {
    // In one order, whatever the messages' is: two batches with answers to the same actions must not wait for each other.
    const actionIds = new Set(messages.map(({ data }) => data.actionId));
    for (const actionId of [...actionIds].toSorted()) await lockRun(tx, actionId);
    for (const { data, correlationId } of messages) {
      const run = await lockRun(tx, data.actionId);
      if (run?.kind !== 'bulk-action') throw new Error('The answer names no bulk action of this service');
      const correlation = correlationId ?? run.correlation_id ?? run.id;
      if (await takeAnswer(tx, run, data, correlation)) await endIfSettled(tx, run, this.clock.now(), correlation);
    }
  }
}
