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
import type { ReactNode } from 'react';
import { useListContext, type RaRecord } from 'react-admin';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { ScrollArea } from '../layout/ScrollArea.js';
import { useText } from '../i18n/useText.js';
import { Cards } from './Cards.js';
import { directionOf, SortLabel } from './SortLabel.js';

export interface ListColumn<T> {
  key: string;
  /** Key of the heading's text. */
  label: string;
  /** The service's name for this sort. */
  sort?: string;
  numeric?: boolean;
  cell: (record: T) => ReactNode;
}

interface ListTableProps<T> {
  columns: readonly ListColumn<T>[];
  /** A record on a small screen; without it the table scrolls sideways there. */
  card?: ((record: T) => ReactNode) | undefined;
  empty: ReactNode;
}

/** The rows of the list around it. */
export function ListTable<T extends RaRecord>({ columns, card, empty }: ListTableProps<T>) {
  const text = useText();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const list = useListContext<T>();
  const { data, total } = list;
  if (!data)
    return (
      <PartTrouble
        query={list}
        waiting={
          <Box sx={{ p: 2 }}>
            <Skeleton variant="rounded" height={180} />
          </Box>
        }
      />
    );
  const rows =
    narrow && card ? (
      <Cards label={text('pager.list')} records={data} card={card} />
    ) : (
      <Rows rows={data} columns={columns} />
    );
  return (
    <>
      <PartTrouble query={list} />
      {total === 0 ? empty : rows}
    </>
  );
}

function Rows<T extends RaRecord>({ rows, columns }: { rows: readonly T[]; columns: readonly ListColumn<T>[] }) {
  const text = useText();
  return (
    <ScrollArea label={text('pager.list')}>
      <Table size="small" sx={{ minWidth: 720 }}>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <Heading key={column.key} column={column} />
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((record) => (
            <TableRow key={record.id} hover sx={{ height: 46 }}>
              {columns.map(({ key, numeric, cell }) => (
                <TableCell key={key} align={numeric ? 'right' : 'left'}>
                  {cell(record)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollArea>
  );
}

function Heading<T>({ column }: { column: ListColumn<T> }) {
  const text = useText();
  const { sort, setSort } = useListContext();
  const { sort: field, numeric = false } = column;
  const label = text(column.label);
  return (
    <TableCell align={numeric ? 'right' : 'left'} sortDirection={directionOf(sort, field)}>
      {field === undefined ? (
        label
      ) : (
        <SortLabel label={label} field={field} sort={sort} onSort={setSort} numeric={numeric} />
      )}
    </TableCell>
  );
}
