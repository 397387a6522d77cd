import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import { Box, Chip, Typography } from '@mui/material';
import { Instant } from '../dates/Instant.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { ListCard } from '../lists/ListCard.js';
import type { ListColumn } from '../lists/ListTable.js';
import { ReplayButton } from './ReplayButton.js';
import type { ParkedMessage } from './parkedMessage.js';

/** Messages that could not be applied, with a replay of an account's in sequence (CON-13). */
export function ParkedMessageList() {
  const text = useText();
  return (
    <Page>
      <PageHeader title={text('menu.parked')} below={text('parked.hint')} />
      <ListCard<ParkedMessage>
        resource="parked-messages"
        filter={{ waiting: true }}
        sort={{ field: 'parkedAt', order: 'DESC' }}
        columns={columns}
        refreshEveryMilliseconds={15_000}
        empty={<EmptyState icon={<CheckCircleOutlined />} title={text('parked.none')} hint={text('parked.noneHint')} />}
      />
    </Page>
  );
}

function Reason({ message }: { message: ParkedMessage }) {
  const text = useText();
  return (
    <Box>
      <Chip
        size="small"
        variant="outlined"
        color={message.reason === 'behind-parked' ? 'default' : 'warning'}
        label={text(`parked.reasons.${message.reason}`)}
      />
      <Typography
        variant="caption"
        component="div"
        sx={{ color: 'text.secondary', mt: 0.25, maxWidth: 420, overflowWrap: 'anywhere' }}
      >
        {message.detail}
      </Typography>
    </Box>
  );
}

const columns: readonly ListColumn<ParkedMessage>[] = [
  { key: 'parkedAt', label: 'parked.parkedAt', sort: 'parkedAt', cell: ({ parkedAt }) => <Instant at={parkedAt} /> },
  {
    key: 'type',
    label: 'parked.type',
    cell: ({ type, topic, partition, offset }) => (
      <Box>
        <Box sx={{ fontWeight: 600 }}>{type}</Box>
        <Typography variant="caption" sx={{ color: 'text.secondary' }}>{`${topic} ${partition}/${offset}`}</Typography>
      </Box>
    ),
  },
  {
    key: 'aggregate',
    label: 'parked.aggregate',
    cell: ({ aggregateId }) => <Box sx={{ fontFamily: 'monospace', fontSize: '0.8125rem' }}>{aggregateId}</Box>,
  },
  { key: 'sequence', label: 'parked.sequence', sort: 'sequence', numeric: true, cell: ({ sequence }) => sequence },
  { key: 'reason', label: 'parked.reason', sort: 'reason', cell: (message) => <Reason message={message} /> },
  {
    key: 'replay',
    label: 'parked.replayLabel',
    cell: (message) => <ReplayButton message={message} />,
  },
];
