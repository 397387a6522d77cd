import { Box, Skeleton, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import type { UseQueryResult } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import type { Page } from '../api/fetchList.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { useText } from '../i18n/useText.js';
import { NewestOf } from './NewestOf.js';

export interface RowColumn<T> {
  label: string;
  numeric?: boolean;
  /** Whether it stands on one line, as the numbers of invoices do. */
  whole?: boolean;
  /** Whether the heading is only read out. */
  hidden?: boolean;
  cell: (row: T) => ReactNode;
}

interface RowsTableProps<T> {
  query: UseQueryResult<Page<T>>;
  columns: readonly RowColumn<T>[];
  /** Text when there is none. */
  empty: string;
  emptyHint?: string;
  /** What stands below a row, over its whole width; nothing for most. */
  renderBelow?: (row: T) => ReactNode;
}

/** A list of an account, newest first; says when there is more than is shown. */
export function RowsTable<T extends { id: string }>({
  query,
  columns,
  empty,
  emptyHint,
  renderBelow,
}: RowsTableProps<T>) {
  const text = useText();
  const { data } = query;
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
      <Table size="small" sx={{ minWidth: 560 }}>
        <TableHead>
          <TableRow>
            {columns.map(({ label, numeric, hidden }) => (
              <TableCell key={label} align={numeric ? 'right' : 'left'} sx={hidden ? { width: 40, p: 0 } : undefined}>
                {hidden ? <span style={visuallyHidden}>{text(label)}</span> : text(label)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {data.rows.map((row) => (
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
      {data.total > data.rows.length && <NewestOf shown={data.rows.length} total={data.total} />}
    </>
  );
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
