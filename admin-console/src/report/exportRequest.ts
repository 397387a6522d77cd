import { withoutAbsent, type ReportFilter } from './reportFilter.js';
import type { ReportSort } from './useReportFilter.js';

/** What asks for the report as a file: what is on the screen, in the order of the screen (REP-5). */
export function exportRequest(filter: ReportFilter, { field, order }: ReportSort, format: 'csv' | 'xlsx') {
  return { filter: withoutAbsent(filter), sort: [field, order] as const, format };
}
