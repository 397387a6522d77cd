import { Card } from '@mui/material';
import type { ReactNode } from 'react';
import { ListBase, type RaRecord, type SortPayload } from 'react-admin';
import { ListPager } from './ListPager.js';
import { ListTable, type ListColumn } from './ListTable.js';

interface ListCardProps<T extends RaRecord> {
  resource: string;
  columns: readonly ListColumn<T>[];
  /** A record on a small screen. */
  card?: (record: T) => ReactNode;
  sort: SortPayload;
  /** What the list is always narrowed to. */
  filter?: Record<string, unknown>;
  empty: ReactNode;
  /** How often it is read again by itself. */
  refreshEveryMilliseconds?: number;
}

const pageSize = 25;

/** A list of a resource: sort and page in the address, the rows as a table. */
export function ListCard<T extends RaRecord>(props: ListCardProps<T>) {
  const { resource, columns, card, sort, filter, empty, refreshEveryMilliseconds } = props;
  return (
    <ListBase
      resource={resource}
      sort={sort}
      perPage={pageSize}
      filter={filter}
      exporter={false}
      // An error stands in the place of the rows; a notice besides would only say it again, and again at each refresh.
      queryOptions={{ refetchInterval: refreshEveryMilliseconds ?? false, onError: () => undefined }}
    >
      <Card>
        <ListTable columns={columns} card={card} empty={empty} />
        <ListPager />
      </Card>
    </ListBase>
  );
}
