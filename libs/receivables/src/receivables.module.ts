import { Controller, Inject, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { ContactCipher, type ErasureRun, type Run } from '@recoup/service-kit';
import { applyContacts } from './apply-contacts.js';
import { applyLedgerEvents, type AfterApply } from './apply-ledger-events.js';
import { applyOfficeEvents } from './apply-offices.js';
import { applyPayers, applyServiceTypes } from './apply-reference-data.js';
import { applyTransactionTypes } from './apply-transaction-types.js';
import { applyTombstones, confirmErasures, type ConfirmErasures, type Confirming } from './erase-accounts.js';
import { accountEventTypes, type AccountEventType } from './account-event-types.js';

/** Injection token of what a service does in the transaction that applied ledger events (`AfterApply`). */
export const AFTER_APPLY = Symbol('after ledger events');

const CONFIRM_ERASURES = Symbol('confirm erasures');

/** Follows the ledger: offices and other reference data, account events and contacts. */
@Controller()
class ReceivablesBus {
  constructor(
    private readonly cipher: ContactCipher,
    @Inject(AFTER_APPLY) private readonly afterApply: AfterApply,
    @Inject(CONFIRM_ERASURES) private readonly confirm: ConfirmErasures,
  ) {}

  @EventPattern('recoup.ledger.office-registered.v1')
  async offices(@Payload() run: Run<'recoup.ledger.office-registered.v1'>): Promise<void> {
    await applyOfficeEvents(run);
  }

  @EventPattern('recoup.ledger.transaction-type-defined.v1')
  async transactionTypes(@Payload() run: Run<'recoup.ledger.transaction-type-defined.v1'>): Promise<void> {
    await applyTransactionTypes(run);
  }

  @EventPattern('recoup.ledger.payer-defined.v1')
  async payers(@Payload() run: Run<'recoup.ledger.payer-defined.v1'>): Promise<void> {
    await applyPayers(run);
  }

  @EventPattern('recoup.ledger.service-type-defined.v1')
  async serviceTypes(@Payload() run: Run<'recoup.ledger.service-type-defined.v1'>): Promise<void> {
    await applyServiceTypes(run);
  }

  @EventPattern(accountEventTypes)
  async accounts(@Payload() run: Run<AccountEventType>): Promise<void> {
    await applyLedgerEvents(run, this.afterApply, this.confirm);
  }

  @EventPattern('recoup.ledger.contact-changed.v1')
  async contacts(@Payload() run: Run<'recoup.ledger.contact-changed.v1'>): Promise<void> {
    await applyContacts(run, this.cipher);
  }

  @EventPattern('recoup.ledger.contacts')
  async erased(@Payload() run: ErasureRun): Promise<void> {
    await applyTombstones(run, this.confirm);
  }
}

/**
 * The projection of the ledger as a module of a service, which confirms erasures in its own name; `afterApply` is a
 * provider of AFTER_APPLY where the service derives more.
 */
@Module({})
export class ReceivablesModule {
  static forRoot(
    confirming: Confirming,
    afterApply: Provider = { provide: AFTER_APPLY, useValue: () => Promise.resolve() },
  ): DynamicModule {
    const confirm = { provide: CONFIRM_ERASURES, useValue: confirmErasures(confirming) };
    return { module: ReceivablesModule, controllers: [ReceivablesBus], providers: [afterApply, confirm] };
  }
}
