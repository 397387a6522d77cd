import { Checkbox, Table, TableBody, TableCell, TableContainer, TableHead, TableRow } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import { Fragment, useState } from 'react';
import { useText } from '../i18n/useText.js';
import { directionOf, SortLabel } from '../lists/SortLabel.js';
import { isSelected, pickOf, setSelected, type Selection } from '../selection/selection.js';
import { CurrencyRow } from './CurrencyHeading.js';
import { InvoiceRow } from './InvoiceRow.js';
import { ReportFoot } from './ReportFoot.js';
import { ReportRowView } from './ReportRowView.js';
import { partsCurrencies, type ReportColumn } from './columns.js';
import type { ReportRow, ReportTotals } from './reportTypes.js';
import type { ReportSort } from './useReportFilter.js';

interface ReportTableProps {
  rows: readonly ReportRow[];
  totals: readonly ReportTotals[];
  columns: readonly ReportColumn[];
  asOf: string;
  sort: ReportSort;
  onSort: (sort: ReportSort) => void;
  selection: Selection;
  onSelection: (selection: Selection) => void;
  stale: boolean;
  /** Without actions there is nothing to tick rows for. */
  selectable: boolean;
}

/** The rows of the report; heading and totals stay in sight while they scroll. */
export function ReportTable(props: ReportTableProps) {
  const { rows, totals, columns, asOf, selection, onSelection, stale, selectable } = props;
  const text = useText();
  const [open, setOpen] = useState<string>();
  const [lastTicked, setLastTicked] = useState<number>();
  const parted = partsCurrencies(props.sort.field, totals.length);
  const ticked = rows.filter(({ id }) => isSelected(selection, id)).length;

  function tick(index: number, selected: boolean, range: boolean) {
    const from = range && lastTicked !== undefined ? Math.min(lastTicked, index) : index;
    const to = range && lastTicked !== undefined ? Math.max(lastTicked, index) : index;
    onSelection(setSelected(selection, rows.slice(from, to + 1).map(pickOf), selected));
    setLastTicked(index);
  }

  return (
    <TableContainer
      sx={{ flex: 1, minHeight: 260, opacity: stale ? 0.6 : 1, transition: 'opacity 120ms' }}
      tabIndex={0}
      component="section"
      aria-label={text('report.title')}
    >
      <Table stickyHeader size="small" aria-busy={stale} sx={narrowCells}>
        <TableHead>
          <TableRow>
            {selectable && (
              <TableCell padding="checkbox">
                <Checkbox
                  size="small"
                  checked={rows.length > 0 && ticked === rows.length}
                  indeterminate={ticked > 0 && ticked < rows.length}
                  onChange={(_, selected) => onSelection(setSelected(selection, rows.map(pickOf), selected))}
                  slotProps={{ input: { 'aria-label': text('selection.page') } }}
                />
              </TableCell>
            )}
            <TableCell padding="none" sx={{ width: 34 }}>
              <span style={visuallyHidden}>{text('report.invoices')}</span>
            </TableCell>
            {columns.map((column) => (
              <Heading key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row, index) => (
            <Fragment key={row.id}>
              {parted && row.currency !== rows[index - 1]?.currency && (
                <CurrencyRow currency={row.currency} sort={props.sort} span={columns.length + (selectable ? 2 : 1)} />
              )}
              <ReportRowView
                row={row}
                columns={columns}
                selected={selectable && isSelected(selection, row.id)}
                onSelected={selectable ? (selected, range) => tick(index, selected, range) : undefined}
                open={open === row.id}
                onOpen={() => setOpen(open === row.id ? undefined : row.id)}
              />
              {open === row.id && <InvoiceRow row={row} asOf={asOf} span={columns.length + (selectable ? 2 : 1)} />}
            </Fragment>
          ))}
        </TableBody>
        <ReportFoot totals={totals} columns={columns} leading={selectable ? 3 : 2} />
      </Table>
    </TableContainer>
  );
}

/** Little room beside the text, so that all the columns shown at first fit a screen of 1440 pixels. */
const narrowCells = {
  minWidth: 900,
  '& .MuiTableCell-root:not(.MuiTableCell-paddingCheckbox, .MuiTableCell-paddingNone)': { px: 0.875 },
};

function Heading({
  column,
  sort,
  onSort,
}: {
  column: ReportColumn;
  sort: ReportSort;
  onSort: ReportTableProps['onSort'];
}) {
  const label = useText()(`report.columns.${column.key}`);
  return (
    <TableCell
      align={column.numeric ? 'right' : 'left'}
      sortDirection={directionOf(sort, column.sort)}
      sx={{ minWidth: column.minWidth, whiteSpace: 'normal', verticalAlign: 'bottom', maxWidth: 110 }}
    >
      {column.sort === undefined ? (
        label
      ) : (
        <SortLabel label={label} field={column.sort} sort={sort} onSort={onSort} numeric={column.numeric ?? false} />
      )}
    </TableCell>
  );
}
