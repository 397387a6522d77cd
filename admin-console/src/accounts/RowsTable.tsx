import { Box, Skeleton, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Page } from '../api/fetchList.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { useText } from '../i18n/useText.js';

export interface RowColumn<T> {
  label: string;
  numeric?: boolean;
  cell: (row: T) => ReactNode;
}

interface RowsTableProps<T> {
  query: UseQueryResult<Page<T>>;
  columns: readonly RowColumn<T>[];
  /** Text when there is none. */
  empty: string;
}

/** A list of an account, newest first; says when there is more than is shown. */
export function RowsTable<T extends { id: string }>({ query, columns, empty }: RowsTableProps<T>) {
  const text = useText();
  const { data, error, refetch } = query;
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <Box sx={{ p: 2 }}>
        <Skeleton variant="rounded" height={160} />
      </Box>
    );
  if (data.rows.length === 0) return <EmptyState title={empty} />;
  return (
    <>
      <Table size="small" sx={{ minWidth: 560 }}>
        <TableHead>
          <TableRow>
            {columns.map(({ label, numeric }) => (
              <TableCell key={label} align={numeric ? 'right' : 'left'}>
                {text(label)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {data.rows.map((row) => (
            <TableRow key={row.id} hover>
              {columns.map(({ label, numeric, cell }) => (
                <TableCell key={label} align={numeric ? 'right' : 'left'}>
                  {cell(row)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {data.total > data.rows.length && (
        <Box sx={{ px: 2, py: 1, color: 'text.secondary', fontSize: '0.8125rem' }}>
          {text('accounts.newestOf', { shown: data.rows.length, total: data.total })}
        </Box>
      )}
    </>
  );
}
