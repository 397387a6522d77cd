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
    for (const { data, correlationId } of messages) {
      const run = await lockRun(tx, data.actionId);
      if (run?.kind !== 'bulk-action') throw new Error('The answer names no bulk action of this service');
      const correlation = correlationId ?? run.correlation_id ?? run.id;
      if (await takeAnswer(tx, run, data, correlation)) await endIfSettled(tx, run, this.clock.now(), correlation);
    }
  }
}
