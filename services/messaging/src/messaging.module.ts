import { Module } from '@nestjs/common';
import { ReceivablesModule } from '@recoup/receivables';

/** What messaging consists of: so far the projection of the ledger. */
@Module({ imports: [ReceivablesModule.forRoot()] })
export class MessagingModule {}
