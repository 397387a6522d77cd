import { fetchList } from '../api/fetchList.js';
import { errorReport } from './errorReport.js';
import type { Rejection } from './importTypes.js';

const rowsPerRequest = 1_000;
/** A file with more wrong rows than this is wrong as a whole; its first rows say why. */
const rowsMax = 50_000;

/** Collects all refused rows of an import page by page and hands them to the browser as a file. */
export async function saveErrorReport(id: string, fileName: string): Promise<void> {
  const rejections: Rejection[] = [];
  for (let from = 0; from < rowsMax; from += rowsPerRequest) {
    const range = [from, from + rowsPerRequest - 1] as const;
    const { rows, total } = await fetchList<Rejection>(`/api/ledger/imports/${id}/rejections`, {
      range,
      sort: ['line', 'ASC'],
    });
    rejections.push(...rows);
    if (rejections.length >= total || rows.length === 0) break;
  }
  const url = URL.createObjectURL(new Blob([errorReport(rejections)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${fileName.replace(/\.csv$/i, '')}-errors.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
