import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import { Box, Chip, Tab, Tabs, Typography } from '@mui/material';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { services, type Service } from '../api/services.js';
import { Instant } from '../dates/Instant.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { ListCard } from '../lists/ListCard.js';
import type { ListColumn } from '../lists/ListTable.js';
import { DiscardButton } from './DiscardButton.js';
import { ReplayButton } from './ReplayButton.js';
import { whereOf, type ParkedMessage } from './parkedMessage.js';

/** Messages that a service could not apply: replayed in sequence, or given up where they can't be read (CON-13). */
export function ParkedMessageList() {
  const text = useText();
  const navigate = useNavigate();
  const [service, setService] = useState<Service>('collections');
  const resource = `${service}/parked-messages`;
  const choose = (next: Service) => {
    setService(next);
    // Sort and page in the address were those of the other list.
    void navigate('/parked-messages', { replace: true });
  };
  return (
    <Page>
      <PageHeader title={text('menu.parked')} below={text('parked.hint')} />
      <Tabs
        value={service}
        onChange={(_, next: Service) => choose(next)}
        variant="scrollable"
        allowScrollButtonsMobile
        aria-label={text('parked.byService')}
        sx={{ mb: 1 }}
      >
        {services.map((each) => (
          <Tab
            key={each}
            value={each}
            id={`tab-${each}`}
            aria-controls="parked-panel"
            label={text(`services.${each}`)}
          />
        ))}
      </Tabs>
      <Box role="tabpanel" id="parked-panel" aria-labelledby={`tab-${service}`}>
        <ListCard<ParkedMessage>
          key={service}
          resource={resource}
          filter={{ waiting: true }}
          sort={{ field: 'parkedAt', order: 'DESC' }}
          columns={[...columns, actionsOf(resource)]}
          refreshEveryMilliseconds={15_000}
          empty={
            <EmptyState
              icon={<CheckCircleOutlined />}
              title={text('parked.none', { service: text(`services.${service}`) })}
              hint={text('parked.noneHint')}
            />
          }
        />
      </Box>
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
    cell: (message) => (
      <Box>
        <Box sx={{ fontWeight: 600 }}>{message.type}</Box>
        <Typography variant="caption" sx={{ color: 'text.secondary' }}>
          {whereOf(message)}
        </Typography>
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
];

const actionsOf = (resource: string): ListColumn<ParkedMessage> => ({
  key: 'actions',
  label: 'parked.actions',
  cell: (message) => (
    <Box sx={{ display: 'flex', gap: 1 }}>
      <ReplayButton message={message} resource={resource} />
      <DiscardButton message={message} resource={resource} />
    </Box>
  ),
});
