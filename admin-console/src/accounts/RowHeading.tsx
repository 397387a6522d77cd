import { TableCell } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import { useText } from '../i18n/useText.js';
import { directionOf, SortLabel } from '../lists/SortLabel.js';
import type { RowColumn, RowSorting } from './RowsTable.js';

/** The heading of a column, by which the rows are sorted where they can be. */
export function RowHeading<T>({ column, sorting }: { column: RowColumn<T>; sorting: RowSorting | undefined }) {
  const { label: key, numeric = false, hidden, sort: field } = column;
  const label = useText()(key);
  if (hidden)
    return (
      // What is only read out stays within its cell: beside the table it would make the page wider than the screen.
      <TableCell sx={{ width: 40, p: 0, position: 'relative' }}>
        <span style={visuallyHidden}>{label}</span>
      </TableCell>
    );
  return (
    <TableCell align={numeric ? 'right' : 'left'} sortDirection={sorting ? directionOf(sorting.sort, field) : false}>
      {sorting && field !== undefined ? (
        <SortLabel label={label} field={field} {...sorting} numeric={numeric} largestFirst />
      ) : (
        label
      )}
    </TableCell>
  );
}
