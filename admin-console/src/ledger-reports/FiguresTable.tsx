import { Skeleton, Table, TableBody, TableCell, TableContainer, TableHead, TableRow } from '@mui/material';
import type { ReactNode } from 'react';
import { directionOf, SortLabel } from '../lists/SortLabel.js';
import { FigureTotals } from './FigureTotals.js';
import { stuckAt } from './stuck.js';
import type { ReportView } from './useReportView.js';

/** A column of a report; `total` is its figure in a line of totals. */
export interface FigureColumn<Row, Total> {
  key: string;
  /** The heading as people read it. */
  label: string;
  numeric?: boolean;
  /** Whether a card names it by its heading, as a number does not say what it is of. */
  named?: boolean;
  /** The service's name for this sort. */
  sort?: string;
  cell: (row: Row) => ReactNode;
  total?: (total: Total) => ReactNode;
  /** The amount, of a column of amounts; cards show those that are not 0. */
  amount?: (figures: Total) => number;
  /** Whether it is the figure that the others lead to: it stands first on a card. */
  main?: boolean;
}

interface FiguresTableProps<Row, Total> {
  label: string;
  columns: readonly FigureColumn<Row, Total>[];
  rows: readonly Row[] | undefined;
  totals: readonly Total[] | undefined;
  view: Pick<ReportView, 'sort' | 'setSort'>;
  /** Whether what is shown is of the view before. */
  stale: boolean;
}

const skeletonRows = 8;
const overRows = { zIndex: 1, bgcolor: 'background.paper' } as const;
const overHeadings = { zIndex: 3 } as const;

/** Rows of figures with their totals by currency; heading, totals, first and main column stay in sight while the rest scrolls. */
export function FiguresTable<Row extends { id: string }, Total extends { currency: string }>(
  props: FiguresTableProps<Row, Total>,
) {
  const { label, columns, rows, totals, view, stale } = props;
  return (
    <TableContainer
      component="section"
      aria-label={label}
      tabIndex={0}
      sx={{ maxHeight: { md: 'calc(100vh - 330px)' }, minHeight: 120, opacity: stale ? 0.6 : 1 }}
    >
      <Table
        stickyHeader
        size="small"
        aria-label={label}
        aria-busy={stale || rows === undefined}
        sx={{ '& .MuiTableCell-root': { px: 0.875 } }}
      >
        <TableHead>
          <TableRow>
            {columns.map((column, index) => (
              <Heading key={column.key} column={column} view={view} stuck={stuckAt(columns, index)} />
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows?.map((row) => (
            <TableRow key={row.id} hover>
              {columns.map(({ key, numeric, cell }, index) => {
                const stuck = stuckAt(columns, index);
                return (
                  <TableCell
                    key={key}
                    align={numeric ? 'right' : 'left'}
                    sx={{ whiteSpace: 'nowrap', ...stuck, ...(stuck && overRows) }}
                  >
                    {cell(row)}
                  </TableCell>
                );
              })}
            </TableRow>
          )) ?? <Waiting columns={columns.length} />}
        </TableBody>
        {totals && totals.length > 0 && <FigureTotals columns={columns} totals={totals} />}
      </Table>
    </TableContainer>
  );
}

function Waiting({ columns }: { columns: number }) {
  return Array.from({ length: skeletonRows }, (_, row) => (
    <TableRow key={row}>
      {Array.from({ length: columns }, (__, column) => (
        <TableCell key={column}>
          <Skeleton />
        </TableCell>
      ))}
    </TableRow>
  ));
}

function Heading<Row, Total>({
  column,
  view,
  stuck,
}: {
  column: FigureColumn<Row, Total>;
  view: Pick<ReportView, 'sort' | 'setSort'>;
  stuck: ReturnType<typeof stuckAt>;
}) {
  const { sort: field, numeric = false, label } = column;
  return (
    <TableCell
      align={numeric ? 'right' : 'left'}
      sortDirection={directionOf(view.sort, field)}
      sx={{ whiteSpace: 'normal', verticalAlign: 'bottom', ...stuck, ...(stuck && overHeadings) }}
    >
      {field === undefined ? (
        label
      ) : (
        <SortLabel label={label} field={field} sort={view.sort} onSort={view.setSort} numeric={numeric} />
      )}
    </TableCell>
  );
}
