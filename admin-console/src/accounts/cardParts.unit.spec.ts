import { describe, expect, it } from '@jest/globals';
import type { RowColumn } from './RowsTable.js';
import { cardPartsOf } from './cardParts.js';

const column = (label: string, more: Partial<RowColumn<string>> = {}): RowColumn<string> => ({
  label,
  cell: (row) => row,
  ...more,
});
const labels = (columns: readonly (RowColumn<string> | undefined)[]) => columns.map((each) => each?.label);

describe('a row as a card', () => {
  it('shows every column once: the title, the main figure, what can be done, and the rest in order', () => {
    const columns = [
      column('toggle', { hidden: true }),
      column('due'),
      column('number', { onCard: 'title' }),
      column('total'),
      column('open', { onCard: 'main' }),
    ];
    const { title, main, buttons, rest } = cardPartsOf(columns);
    expect(labels([title, main])).toEqual(['number', 'open']);
    expect(labels(buttons)).toEqual(['toggle']);
    expect(labels(rest)).toEqual(['due', 'total']);
  });

  it('has the first column with a heading as its title, and need not have a main figure', () => {
    const { title, main, rest } = cardPartsOf([column('menu', { hidden: true }), column('name'), column('type')]);
    expect(labels([title, main, ...rest])).toEqual(['name', undefined, 'type']);
  });
});
