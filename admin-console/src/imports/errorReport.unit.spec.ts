import { describe, expect, it } from '@jest/globals';
import { errorReport } from './errorReport.js';
import { importShare } from './importTypes.js';

describe('the error report of an import', () => {
  it('names line, column, value and reason, and runs no formula', () => {
    const report = errorReport([
      {
        id: '1',
        line: 14,
        column: 'InvoiceAmount',
        value: '=1+1',
        reason: 'bad-amount',
        detail: 'must be "digits"',
        severity: 'refused',
        outcome: 'refused',
      },
      { id: '2', line: 20, column: null, value: null, reason: 'doubtful', severity: 'warning', outcome: 'booked' },
    ]);
    expect(report.split('\r\n')).toEqual([
      '\ufeffline,severity,column,value,reason,detail,outcome',
      `14,refused,InvoiceAmount,'=1+1,bad-amount,"must be ""digits""",refused`,
      '20,warning,,,doubtful,,booked',
      '',
    ]);
  });
});

describe('the progress of an import', () => {
  const counts = { rows: 200, booked: 50, known: 40, refused: 10, warnings: 0 };
  const run = {
    id: '1',
    fileName: 'a.csv',
    mapping: 'm',
    actor: 'a',
    bytes: 1,
    createdAt: '',
    finishedAt: null,
    lastError: null,
  };

  it('is the share of rows with a result, unknown before they are counted', () => {
    expect(importShare({ ...run, status: 'running', counts })).toBe(0.5);
    expect(importShare({ ...run, status: 'running', counts: { ...counts, rows: 0 } })).toBeUndefined();
    expect(importShare({ ...run, status: 'completed', counts: { ...counts, rows: 0 } })).toBe(1);
  });
});
