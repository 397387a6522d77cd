import { describe, expect, it } from '@jest/globals';
import { columnsWithFigures, type TypeColumn } from './trialBalance.js';

function column(code: string, customNumber: number | null = null): TypeColumn {
  return { id: code, code, plural: code, kind: 'write-off', customNumber };
}

describe('the columns of the trial balance', () => {
  it('are those with figures, and all custom write-offs', () => {
    const columns = [column('invoice'), column('coupon'), column('payment'), column('custom-write-off-1', 1)];
    const figures = { currency: 'USD', opening: 0, closing: 0, credit: 0 };
    const totals = [{ ...figures, movements: { invoice: 500, coupon: 0, payment: 0 } }];
    const rows = [{ ...figures, movements: { payment: -100 } }];
    expect(columnsWithFigures(columns, totals, rows).map(({ code }) => code)).toEqual([
      'invoice',
      'payment',
      'custom-write-off-1',
    ]);
  });
});
