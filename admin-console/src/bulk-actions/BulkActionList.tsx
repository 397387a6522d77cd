import AssignmentTurnedInOutlined from '@mui/icons-material/AssignmentTurnedInOutlined';
import { Box, Button } from '@mui/material';
import { Link as RouterLink } from 'react-router';
import { Day } from '../dates/Day.js';
import { Instant } from '../dates/Instant.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { Count } from '../lists/Count.js';
import { ListCard } from '../lists/ListCard.js';
import type { ListColumn } from '../lists/ListTable.js';
import { ActionName } from './ActionName.js';
import { BulkActionCard } from './BulkActionCard.js';
import { StatusBadge } from './StatusBadge.js';
import { UndoneMark } from './UndoneMark.js';
import type { BulkAction } from './bulkAction.js';
import { Took } from './Took.js';

/** All bulk actions: who, when, what, how many, how long, outcome (BLK-5). */
export function BulkActionList() {
  const text = useText();
  return (
    <Page>
      <PageHeader title={text('menu.bulkActions')} below={text('bulkActions.listHint')} />
      <ListCard<BulkAction>
        resource="bulk-actions"
        sort={{ field: 'createdAt', order: 'DESC' }}
        columns={columns}
        card={cardOf}
        refreshEveryMilliseconds={10_000}
        empty={
          <EmptyState
            icon={<AssignmentTurnedInOutlined />}
            title={text('bulkActions.noneYet')}
            hint={text('bulkActions.noneYetHint')}
            action={
              <Button component={RouterLink} to="/report" variant="contained">
                {text('shell.toReport')}
              </Button>
            }
          />
        }
      />
    </Page>
  );
}

const cardOf = (action: BulkAction) => <BulkActionCard action={action} />;

function Standing({ action }: { action: BulkAction }) {
  return (
    <Box sx={{ display: 'flex', gap: 0.75 }}>
      <StatusBadge status={action.status} />
      <UndoneMark action={action} />
    </Box>
  );
}

const columns: readonly ListColumn<BulkAction>[] = [
  {
    key: 'createdAt',
    label: 'bulkActions.createdAt',
    sort: 'createdAt',
    cell: ({ createdAt }) => <Instant at={createdAt} />,
  },
  {
    key: 'what',
    label: 'bulkActions.what',
    sort: 'type',
    cell: (action) => (
      <Box sx={{ minWidth: 220 }}>
        <ActionName action={action} />
      </Box>
    ),
  },
  { key: 'status', label: 'bulkActions.status', sort: 'status', cell: (action) => <Standing action={action} /> },
  { key: 'done', label: 'bulkActions.counts.done', numeric: true, cell: ({ counts }) => <Count of={counts.done} /> },
  {
    key: 'skipped',
    label: 'bulkActions.counts.skipped',
    numeric: true,
    cell: ({ counts }) => <Count of={counts.skipped} />,
  },
  {
    key: 'failed',
    label: 'bulkActions.counts.failed',
    numeric: true,
    cell: ({ counts }) => <Count of={counts.failed} />,
  },
  { key: 'asOf', label: 'report.asOfTitle', sort: 'asOf', cell: ({ asOf }) => <Day date={asOf} /> },
  { key: 'actor', label: 'bulkActions.by', sort: 'actor', cell: ({ actor }) => actor },
  { key: 'took', label: 'bulkActions.took', numeric: true, cell: (action) => <Took action={action} /> },
];
