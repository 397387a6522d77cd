import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { Clock, type ReceivedMessage, type Run } from '@recoup/service-kit';
import { answerInvoices } from '../invoices/issue-commanded-invoices.js';
import { answerChunk } from './answer-chunk.js';
import { originOf } from './chunk-origin.js';
import { commandTypes, type Command } from './command-types.js';
import { lockAccountsOf } from './lock-accounts-of.js';

/** A command as it was received, by its type. */
type Received = { [T in Command]: ReceivedMessage<T> }[Command];

/** Chunks that another service or system asks for: executed here, under our locks, and answered (LED-22, LED-53). */
@Controller()
export class CommandsBus {
  constructor(private readonly clock: Clock) {}

  /**
   * Whatever the chunks of a run ask for, their accounts are all locked before the first is executed: were each kind of
   * command to lock its own, two runs that cross would wait for each other (law 9).
   */
  @EventPattern(commandTypes)
  async execute(@Payload() { tx, messages }: Run<Command>): Promise<void> {
    await lockAccountsOf(tx, messages);
    for (const message of messages as readonly Received[]) {
      const origin = originOf(message, this.clock);
      if (message.type === 'recoup.ledger.issue-invoices.v1') await answerInvoices(tx, message.data, origin);
      else await answerChunk(tx, message, origin);
    }
  }
}
