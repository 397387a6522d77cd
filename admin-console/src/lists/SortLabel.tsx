import { TableSortLabel } from '@mui/material';

export interface ShownSort {
  field: string;
  order: 'ASC' | 'DESC';
}

interface SortLabelProps {
  label: string;
  /** The service's name for this sort. */
  field: string;
  sort: ShownSort;
  onSort: (sort: ShownSort) => void;
  /** Whether the column is of figures, which end on one line with their heading. */
  numeric?: boolean;
  /** Whether a column that was not sorted by begins with the largest; else with the first. */
  largestFirst?: boolean;
}

/** The arrow stands outside the text of a column of figures, so that heading and figures end on one line. */
const beside = { position: 'relative', '& .MuiTableSortLabel-icon': { position: 'absolute', left: -22 } };

/** A heading that sorts by its column; pressed again it turns the order. */
export function SortLabel({ label, field, sort, onSort, numeric = false, largestFirst = numeric }: SortLabelProps) {
  const active = sort.field === field;
  const begin = largestFirst ? 'DESC' : 'ASC';
  const next = active ? (sort.order === 'ASC' ? 'DESC' : 'ASC') : begin;
  return (
    <TableSortLabel
      {...(numeric ? { sx: beside } : {})}
      active={active}
      direction={directionOf(sort, field) || 'asc'}
      onClick={() => onSort({ field, order: next })}
    >
      {label}
    </TableSortLabel>
  );
}

/** What a column's cell says of its order; false where rows aren't sorted by it. */
export function directionOf({ field, order }: ShownSort, column: string | undefined): 'asc' | 'desc' | false {
  if (field !== column) return false;
  return order === 'ASC' ? 'asc' : 'desc';
}
