import type { RowColumn } from './RowsTable.js';

/** Where the columns of a table stand on a card. */
export interface CardParts<T> {
  title: RowColumn<T> | undefined;
  main: RowColumn<T> | undefined;
  /** Columns without a heading of their own: what can be done with the row. */
  buttons: readonly RowColumn<T>[];
  rest: readonly RowColumn<T>[];
}

/** Every column stands on a card exactly once, in the order of the table. */
export function cardPartsOf<T>(columns: readonly RowColumn<T>[]): CardParts<T> {
  const named = columns.filter(({ hidden }) => !hidden);
  const title = named.find(({ onCard }) => onCard === 'title') ?? named[0];
  const main = named.find(({ onCard }) => onCard === 'main');
  return {
    title,
    main,
    buttons: columns.filter(({ hidden }) => hidden),
    rest: named.filter((column) => column !== title && column !== main),
  };
}
