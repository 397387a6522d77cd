import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { Clock, sqlState, type Run } from '@recoup/service-kit';
import { answerOnce } from '../bulk-commands/answer-once.js';
import { originOf } from '../bulk-commands/chunk-origin.js';
import { issueCommandedInvoices, lockAccountsOf } from './issue-commanded-invoices.js';

/** Invoices that another system made come as commands (LED-22): issued under our locks, and answered. */
@Controller()
export class InvoicesBus {
  constructor(private readonly clock: Clock) {}

  @EventPattern('recoup.ledger.issue-invoices.v1')
  async issue(@Payload() { tx, messages }: Run<'recoup.ledger.issue-invoices.v1'>): Promise<void> {
    await lockAccountsOf(tx, messages);
    for (const message of messages) {
      const origin = originOf(message, this.clock);
      const { actionId, chunk, recordedAt } = origin;
      const answered = answerOnce(tx, origin, 'recoup.ledger.invoices-issued.v1', async () => ({
        actionId,
        chunk,
        invoices: await issueCommandedInvoices(tx, message.data, recordedAt),
      }));
      await answered.catch((error: unknown) => {
        throw sqlState(error) === uniqueViolation ? new NumberTakenMeanwhile(error) : error;
      });
    }
  }
}

const uniqueViolation = '23505';

/** Another command took the number between our look and our write. Tried again, ours is answered `invoice-number-taken`. */
class NumberTakenMeanwhile extends Error {
  /** What PostgreSQL says of transactions that should be tried again. */
  readonly code = '40001';

  constructor(cause: unknown) {
    super('An invoice of that number was issued meanwhile', { cause });
  }
}
