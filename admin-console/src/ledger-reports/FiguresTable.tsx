import {
  Box,
  Skeleton,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableFooter,
  TableHead,
  TableRow,
} from '@mui/material';
import type { ReactNode } from 'react';
import { useText } from '../i18n/useText.js';
import { directionOf, SortLabel } from '../lists/SortLabel.js';
import type { ReportView } from './useReportView.js';

/** A column of a report; `total` is its figure in a line of totals. */
export interface FigureColumn<Row, Total> {
  key: string;
  /** The heading as people read it. */
  label: string;
  numeric?: boolean;
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
const stuck = { position: 'sticky', left: 0, zIndex: 1, bgcolor: 'background.paper' } as const;
const stuckHeading = { left: 0, zIndex: 3 } as const;

/** Rows of figures with their totals by currency; heading, first column and totals stay in sight while the rest scrolls. */
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
              <Heading key={column.key} column={column} view={view} first={index === 0} />
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows?.map((row) => (
            <TableRow key={row.id} hover>
              {columns.map(({ key, numeric, cell }, index) => (
                <TableCell
                  key={key}
                  align={numeric ? 'right' : 'left'}
                  sx={{ whiteSpace: 'nowrap', ...(index === 0 ? stuck : {}) }}
                >
                  {cell(row)}
                </TableCell>
              ))}
            </TableRow>
          )) ?? <Waiting columns={columns.length} />}
        </TableBody>
        {totals && totals.length > 0 && <Totals columns={columns} totals={totals} />}
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

function Totals<Row, Total extends { currency: string }>({
  columns,
  totals,
}: {
  columns: readonly FigureColumn<Row, Total>[];
  totals: readonly Total[];
}) {
  const text = useText();
  return (
    <TableFooter
      sx={{
        position: 'sticky',
        bottom: 0,
        zIndex: 2,
        '& .MuiTableCell-root': {
          bgcolor: (theme) => theme.palette.tokens.raised,
          color: 'text.primary',
          fontSize: '0.875rem',
          borderBottom: 'none',
          borderTop: 1,
          borderTopColor: 'divider',
        },
      }}
    >
      {totals.map((total) => (
        <TableRow key={total.currency}>
          <TableCell component="th" scope="row" sx={{ whiteSpace: 'nowrap', position: 'sticky', left: 0 }}>
            <Box component="span" sx={{ fontWeight: 650 }}>
              {text('report.total', { currency: total.currency })}
            </Box>
          </TableCell>
          {columns.slice(1).map(({ key, numeric, total: figure }) => (
            <TableCell key={key} align={numeric ? 'right' : 'left'} sx={{ whiteSpace: 'nowrap', fontWeight: 650 }}>
              {figure?.(total)}
            </TableCell>
          ))}
        </TableRow>
      ))}
    </TableFooter>
  );
}

function Heading<Row, Total>({
  column,
  view,
  first,
}: {
  column: FigureColumn<Row, Total>;
  view: Pick<ReportView, 'sort' | 'setSort'>;
  first: boolean;
}) {
  const { sort: field, numeric = false, label } = column;
  return (
    <TableCell
      align={numeric ? 'right' : 'left'}
      sortDirection={directionOf(view.sort, field)}
      sx={{ whiteSpace: 'normal', verticalAlign: 'bottom', ...(first ? stuckHeading : {}) }}
    >
      {field === undefined ? (
        label
      ) : (
        <SortLabel label={label} field={field} sort={view.sort} onSort={view.setSort} numeric={numeric} />
      )}
    </TableCell>
  );
}
