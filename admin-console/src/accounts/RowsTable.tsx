import {
  Box,
  Skeleton,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  useMediaQuery,
  useTheme,
} from '@mui/material';
import type { UseQueryResult } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import type { Page } from '../api/fetchList.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { useText } from '../i18n/useText.js';
import { Cards } from '../lists/Cards.js';
import type { ShownSort } from '../lists/SortLabel.js';
import { NewestOf } from './NewestOf.js';
import { RowCard } from './RowCard.js';
import { RowHeading } from './RowHeading.js';

export interface RowColumn<T> {
  label: string;
  numeric?: boolean;
  /** The service's name for this sort, where the table is sorted by its headings; a date begins with the newest. */
  sort?: string;
  /** Whether it stands on one line, as the numbers of invoices do. */
  whole?: boolean;
  /** Whether the heading is only read out. */
  hidden?: boolean;
  /** Its place on a card: beside the title on top instead of among the rest. The first column is the title unless told. */
  onCard?: 'title' | 'main';
  cell: (row: T) => ReactNode;
}

/** What rows are sorted by, and how that is changed. */
export interface RowSorting {
  sort: ShownSort;
  onSort: (sort: ShownSort) => void;
}

interface RowsTableProps<T> {
  query: UseQueryResult<Page<T>>;
  /** What the rows are sorted by, where that can be changed. */
  sorting?: RowSorting;
  columns: readonly RowColumn<T>[];
  /** Text when there is none. */
  empty: string;
  emptyHint?: string;
  /** What stands below a row, over its whole width; nothing for most. */
  renderBelow?: (row: T) => ReactNode;
}

/** A list of an account, newest first unless told; says when there is more than is shown. On a small screen a card a row. */
export function RowsTable<T extends { id: string }>(props: RowsTableProps<T>) {
  const { query, sorting, empty, emptyHint } = props;
  const { data } = query;
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  if (!data)
    return (
      <PartTrouble
        query={query}
        waiting={
          <Box sx={{ p: 2 }}>
            <Skeleton variant="rounded" height={160} />
          </Box>
        }
      />
    );
  const trouble = <PartTrouble query={query} />;
  if (data.rows.length === 0)
    return (
      <>
        {trouble}
        <EmptyState title={empty} {...(emptyHint ? { hint: emptyHint } : {})} />
      </>
    );
  return (
    <>
      {trouble}
      {narrow ? <RowCards {...props} rows={data.rows} /> : <Rows {...props} rows={data.rows} />}
      {data.total > data.rows.length && (
        <NewestOf shown={data.rows.length} total={data.total} sorted={sorting !== undefined} />
      )}
    </>
  );
}

type RowsProps<T> = Pick<RowsTableProps<T>, 'sorting' | 'columns' | 'renderBelow'> & { rows: readonly T[] };

function Rows<T extends { id: string }>({ rows, sorting, columns, renderBelow }: RowsProps<T>) {
  return (
    <Table size="small" sx={{ minWidth: 560, '& .MuiTableCell-root': { px: 0.875 } }}>
      <TableHead>
        <TableRow>
          {columns.map((column) => (
            <RowHeading key={column.label} column={column} sorting={sorting} />
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Fragment key={row.id}>
            <TableRow hover>
              {columns.map(({ label, numeric, whole, hidden, cell }) => (
                <TableCell
                  key={label}
                  align={numeric ? 'right' : 'left'}
                  sx={{ ...(hidden ? { py: 0, px: 0.5 } : {}), ...(whole ? { whiteSpace: 'nowrap' } : {}) }}
                >
                  {cell(row)}
                </TableCell>
              ))}
            </TableRow>
            <Below span={columns.length}>{renderBelow?.(row)}</Below>
          </Fragment>
        ))}
      </TableBody>
    </Table>
  );
}

function RowCards<T extends { id: string }>({ rows, columns, renderBelow }: RowsProps<T>) {
  const cardOf = (row: T) => (
    <>
      <RowCard row={row} columns={columns} />
      {renderBelow?.(row)}
    </>
  );
  return <Cards label={useText()('pager.list')} records={rows} card={cardOf} />;
}

function Below({ span, children }: { span: number; children: ReactNode }) {
  if (!children) return null;
  return (
    <TableRow>
      <TableCell colSpan={span} sx={{ p: 0, pl: { sm: 5 }, bgcolor: (theme) => theme.palette.tokens.raised }}>
        {children}
      </TableCell>
    </TableRow>
  );
}
