import { Module } from '@nestjs/common';
import { accountAuditScope, ReceivablesModule } from '@recoup/receivables';
import { AuditModule, sql } from '@recoup/service-kit';

/** What messaging consists of: so far the projection of the ledger, and the audit of what it erased. */
@Module({
  imports: [
    ReceivablesModule.forRoot({ service: 'messaging', numbers: sql`account_numbers` }),
    AuditModule.forRoot(accountAuditScope),
  ],
})
export class MessagingModule {}
