import { Module, type Type } from '@nestjs/common';
import { AuditModule, type RunKind } from '@recoup/service-kit';
import { auditScope } from './accounts/audit-scope.js';
import { ReportBus } from './report/report.bus.js';

/** Carriers of runs, each a provider of the module. */
export const runKinds: Type<RunKind>[] = [];

/** The table of contents of collections: what answers requests, what listens to the bus, what does the work. */
@Module({
  imports: [AuditModule.forRoot(auditScope)],
  controllers: [ReportBus],
  providers: [...runKinds],
})
export class CollectionsModule {}
