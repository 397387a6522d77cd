import FolderCopyOutlined from '@mui/icons-material/FolderCopyOutlined';
import { Box, Chip, Link, Tooltip, Typography } from '@mui/material';
import { Link as RouterLink } from 'react-router';
import { useMay } from '../api/identity.js';
import { Instant } from '../dates/Instant.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { Count } from '../lists/Count.js';
import { ListCard } from '../lists/ListCard.js';
import type { ListColumn } from '../lists/ListTable.js';
import { Amount } from '../money/Amount.js';
import { DeliveryButtons } from './DeliveryButtons.js';
import { deliveryColours, type Delivery } from './delivery.js';

/** The files for agencies: number, rows, totals, and whether they arrived (AGY-4). */
export function DeliveryList() {
  const text = useText();
  const may = useMay();
  const acts = may('deliveries', 'export') || may('deliveries', 'run');
  return (
    <Page>
      <PageHeader title={text('menu.deliveries')} below={text('deliveries.hint')} />
      <ListCard<Delivery>
        resource="deliveries"
        sort={{ field: 'createdAt', order: 'DESC' }}
        columns={acts ? [...columns, actions] : columns}
        refreshEveryMilliseconds={10_000}
        empty={
          <EmptyState
            icon={<FolderCopyOutlined />}
            title={text('deliveries.noneYet')}
            hint={text('deliveries.noneYetHint')}
          />
        }
      />
    </Page>
  );
}

function Status({ delivery }: { delivery: Delivery }) {
  const text = useText();
  return (
    <Box>
      <Chip
        size="small"
        variant="outlined"
        color={deliveryColours[delivery.status]}
        label={text(`deliveries.statuses.${delivery.status}`)}
      />
      {delivery.lastError && (
        <Typography variant="caption" component="div" sx={{ color: 'error.main', mt: 0.25, maxWidth: 280 }}>
          {delivery.lastError} · {text('deliveries.attempts', { count: delivery.attempts })}
        </Typography>
      )}
    </Box>
  );
}

function FileName({ delivery }: { delivery: Delivery }) {
  const text = useText();
  return (
    <Box>
      <Box sx={{ fontWeight: 650, whiteSpace: 'nowrap' }}>{delivery.fileName}</Box>
      {delivery.bulkActionId && (
        <Link component={RouterLink} to={`/bulk-actions/${delivery.bulkActionId}`} variant="caption">
          {text('deliveries.toBulkAction')}
        </Link>
      )}
    </Box>
  );
}

function Checksum({ checksum }: { checksum: string | null }) {
  if (!checksum) return null;
  return (
    <Tooltip title={<Box sx={{ overflowWrap: 'anywhere', fontFamily: 'monospace' }}>{checksum}</Box>}>
      <Box
        component="span"
        tabIndex={0}
        sx={{ fontFamily: 'monospace', fontSize: '0.8125rem', color: 'text.secondary' }}
      >
        {`${checksum.slice(0, 10)}…`}
      </Box>
    </Tooltip>
  );
}

const columns: readonly ListColumn<Delivery>[] = [
  { key: 'file', label: 'deliveries.file', sort: 'fileSequence', cell: (delivery) => <FileName delivery={delivery} /> },
  { key: 'agency', label: 'deliveries.agency', sort: 'agencyCode', cell: ({ agencyCode }) => agencyCode },
  { key: 'status', label: 'deliveries.status', sort: 'status', cell: (delivery) => <Status delivery={delivery} /> },
  { key: 'rows', label: 'deliveries.rows', numeric: true, cell: ({ rows }) => <Count of={rows} /> },
  {
    key: 'totals',
    label: 'deliveries.totals',
    numeric: true,
    cell: ({ totals }) =>
      totals.map(({ currency, amount }) => (
        <Box key={currency}>
          <Amount amount={amount} currency={currency} code />
        </Box>
      )),
  },
  { key: 'checksum', label: 'deliveries.checksum', cell: ({ checksum }) => <Checksum checksum={checksum} /> },
  {
    key: 'createdAt',
    label: 'deliveries.createdAt',
    sort: 'createdAt',
    cell: ({ createdAt }) => <Instant at={createdAt} />,
  },
  {
    key: 'deliveredAt',
    label: 'deliveries.deliveredAt',
    sort: 'deliveredAt',
    cell: ({ deliveredAt }) => <Instant at={deliveredAt} />,
  },
];

const actions: ListColumn<Delivery> = {
  key: 'actions',
  label: 'deliveries.actions',
  cell: (delivery) => <DeliveryButtons delivery={delivery} />,
};
