import { Box, Typography } from '@mui/material';
import { Day } from '../dates/Day.js';
import { Instant } from '../dates/Instant.js';
import { useText } from '../i18n/useText.js';
import { Count } from '../lists/Count.js';
import { ActionName } from './ActionName.js';
import { StatusBadge } from './StatusBadge.js';
import { Took } from './Took.js';
import { UndoneMark } from './UndoneMark.js';
import { countsToTell, type BulkAction } from './bulkAction.js';

const quiet = { color: 'text.secondary', display: 'flex', flexWrap: 'wrap', columnGap: 1.5 } as const;

/** A bulk action on a small screen: what, its outcome, how many, and who, when, how long (BLK-5). */
export function BulkActionCard({ action }: { action: BulkAction }) {
  const text = useText();
  const { counts, createdAt, asOf, actor, status } = action;
  return (
    <Box sx={{ display: 'grid', gap: 0.5, justifyItems: 'start' }}>
      <ActionName action={action} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.5, rowGap: 0.5 }}>
        <StatusBadge status={status} />
        <UndoneMark action={action} />
        {countsToTell(counts).map((key) => (
          <Typography key={key} variant="body2" component="span">
            {text(`bulkActions.counts.${key}`)} <Count of={counts[key]} />
          </Typography>
        ))}
      </Box>
      <Typography variant="body2" component="div" sx={quiet}>
        <Instant at={createdAt} />
        <span>{actor}</span>
        <Took action={action} />
      </Typography>
      {asOf && (
        <Typography variant="body2" component="div" sx={quiet}>
          <span>
            {text('report.asOfTitle')}: <Day date={asOf} />
          </span>
        </Typography>
      )}
    </Box>
  );
}
