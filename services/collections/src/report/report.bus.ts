import { Controller } from '@nestjs/common';

/** Hands the ledger's events to the projection. */
@Controller()
export class ReportBus {}
