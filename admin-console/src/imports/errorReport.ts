import type { Rejection } from './importTypes.js';

const columns = ['line', 'severity', 'column', 'value', 'reason', 'detail', 'outcome'] as const;

/** The refused rows as a CSV file; a value that a spreadsheet would run as a formula is kept from it (S13). */
export function errorReport(rejections: readonly Rejection[]): string {
  const lines = rejections.map((rejection) => columns.map((name) => cell(rejection[name])).join(','));
  return `\ufeff${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

function cell(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
