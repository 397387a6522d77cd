import { Amount } from '../money/Amount.js';
import type { FigureColumn } from './FiguresTable.js';

interface AmountColumnProps<Total> {
  key: string;
  label: string;
  /** The service's name for this sort, where there is one. */
  sort?: string;
  amount: (figures: Total) => number;
  /** Whether it is the figure that the others lead to. */
  main?: boolean;
}

/** A column of amounts, in the rows and in their sums alike. */
export function amountColumn<Row extends Total, Total extends { currency: string }>(
  props: AmountColumnProps<Total>,
): FigureColumn<Row, Total> {
  const { amount, main = false } = props;
  const cell = (figures: Total) => (
    <Amount amount={amount(figures)} currency={figures.currency} strong={main} quietZero />
  );
  return { ...props, numeric: true, cell, total: cell };
}
