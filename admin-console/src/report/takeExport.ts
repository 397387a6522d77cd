import { send } from '../api/send.js';
import type { ReportFilter } from './reportFilter.js';

const path = '/api/collections/report/exports';

/**
 * Downloads the report. It is asked for in a request's body and fetched by an id, so that what was searched for stands in
 * no address, which a browser keeps with its downloads (S22).
 */
export async function takeExport(filter: ReportFilter, format: 'csv' | 'xlsx'): Promise<void> {
  const { json } = await send<{ id: string }>(path, { method: 'POST', body: { filter, format } });
  const link = document.createElement('a');
  link.href = `${path}/${json.id}`;
  link.download = '';
  link.click();
}
