import { Card, Tab, Tabs } from '@mui/material';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { EmptyState } from '../feedback/EmptyState.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { ScrollArea } from '../layout/ScrollArea.js';
import { useText } from '../i18n/useText.js';
import { ReportPager } from '../report/ReportPager.js';
import { ItemsTable } from './ItemsTable.js';
import { isLive, itemStatuses, type BulkAction, type ItemStatus } from './bulkAction.js';
import { useBulkActionItems } from './useBulkAction.js';

const all = 'all';

/** Each account with what will happen, or what came of it, filtered by result; the filter is in the address (CON-5). */
export function ItemsCard({ action, finished }: { action: BulkAction; finished: boolean }) {
  const text = useText();
  const [query, setQuery] = useSearchParams();
  const [pageSize, setPageSize] = useState(50);
  const [page, setPage] = useState(1);
  const status = itemStatuses.find((each) => each === query.get('status'));
  const items = useBulkActionItems(action.id, status, page, pageSize, isLive(action.status));
  const { data } = items;
  const choose = (value: ItemStatus | typeof all) => {
    setPage(1);
    setQuery(value === all ? {} : { status: value }, { replace: true });
  };
  return (
    <Card>
      <Tabs
        value={status ?? all}
        onChange={(_, value: ItemStatus | typeof all) => choose(value)}
        variant="scrollable"
        aria-label={text('bulkActions.results')}
        sx={{ borderBottom: 1, borderColor: 'divider', px: 1 }}
      >
        <Tab value={all} label={text('bulkActions.allItems')} />
        {itemStatuses.map((each) => (
          <Tab key={each} value={each} label={text(`bulkActions.itemStatuses.${each}`)} />
        ))}
      </Tabs>
      <PartTrouble query={items} />
      {data && data.total === 0 ? (
        <EmptyState title={text('bulkActions.noItems')} />
      ) : (
        <ScrollArea label={text('bulkActions.results')}>
          <ItemsTable action={action} items={data?.rows ?? []} finished={finished} />
        </ScrollArea>
      )}
      <ReportPager total={data?.total} page={page} pageSize={pageSize} onPage={setPage} onPageSize={setPageSize} />
    </Card>
  );
}
