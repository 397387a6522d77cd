import { send } from '../api/send.js';
import { exportRequest } from './exportRequest.js';
import type { ReportFilter } from './reportFilter.js';
import type { ReportSort } from './useReportFilter.js';

const path = '/api/collections/report/exports';

/**
 * Downloads the report. It is asked for in a request's body and fetched by an id, so that what was searched for stands in
 * no address, which a browser keeps with its downloads (S22).
 */
export async function takeExport(filter: ReportFilter, sort: ReportSort, format: 'csv' | 'xlsx'): Promise<void> {
  const body = exportRequest(filter, sort, format);
  const { json } = await send<{ id: string }>(path, { method: 'POST', body });
  const link = document.createElement('a');
  link.href = `${path}/${json.id}`;
  link.download = '';
  link.click();
}
