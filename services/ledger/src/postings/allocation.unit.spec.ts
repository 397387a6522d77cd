import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { allocateOldestFirst, oldestDueFirst, type OpenLine } from './allocation.js';

const date = fc.integer({ min: 1, max: 5 }).map((day) => `2026-01-0${day}`);
const openLine: fc.Arbitrary<OpenLine> = fc.record({
  invoiceId: fc.uuid(),
  billLineId: fc.uuid(),
  open: fc.integer({ min: 1, max: 1000 }),
  dueDate: date,
  invoiceDate: date,
  number: fc.constantFrom('1', '10', '2', 'a', 'B'),
});

describe('an allocation', () => {
  it('goes to what is oldest due, then oldest, then lowest number', () => {
    const base = { invoiceId: 'i', open: 10 };
    const lines: OpenLine[] = [
      { ...base, billLineId: 'd', dueDate: '2026-02-01', invoiceDate: '2026-01-01', number: '1' },
      { ...base, billLineId: 'c', dueDate: '2026-01-15', invoiceDate: '2026-01-02', number: '1' },
      { ...base, billLineId: 'b', dueDate: '2026-01-15', invoiceDate: '2026-01-01', number: '2' },
      { ...base, billLineId: 'a', dueDate: '2026-01-15', invoiceDate: '2026-01-01', number: '1' },
    ];
    const { parts, left } = allocateOldestFirst(25, lines);
    expect(parts.map(({ line, amount }) => [line.billLineId, amount])).toEqual([
      ['a', 10],
      ['b', 10],
      ['c', 5],
    ]);
    expect(left).toBe(0);
  });

  it('gives away all that fits, never more than is open, and no line before an older one is closed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.array(openLine, { maxLength: 8 }), (amount, lines) => {
        const { parts, left } = allocateOldestFirst(amount, lines);
        const given = parts.reduce((sum, part) => sum + part.amount, 0);
        const open = lines.reduce((sum, line) => sum + line.open, 0);
        expect(given + left).toBe(amount);
        expect(given).toBe(Math.min(amount, open));
        const sorted = lines.toSorted(oldestDueFirst);
        expect(parts.map(({ line }) => line)).toEqual(sorted.slice(0, parts.length));
        for (const part of parts.slice(0, -1)) expect(part.amount).toBe(part.line.open);
      }),
    );
  });
});
