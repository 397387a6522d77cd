import { Alert, Box, Card, LinearProgress, Typography } from '@mui/material';
import { CountTile } from '../bulk-actions/CountTile.js';
import { Instant } from '../dates/Instant.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { useText } from '../i18n/useText.js';
import { ImportControls } from './ImportControls.js';
import { RejectionsTable } from './RejectionsTable.js';
import { importShare, isImportOver, shownStatus } from './importTypes.js';
import type { useImportRun } from './useImportRun.js';

/** One import: how far it is, what it booked, and what it refused. */
export function ImportResult({ query }: { query: ReturnType<typeof useImportRun> }) {
  const text = useText();
  const { data } = query;
  if (!data) return <PartTrouble query={query} />;
  const over = isImportOver(data);
  const share = importShare(data);
  const { counts } = data;
  const doubtful = counts.refused + counts.warnings;
  return (
    <Card aria-live="polite">
      <PartTrouble query={query} />
      <Box sx={{ p: 2.5, pb: 1.5, display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5 }}>
        <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
          <Typography variant="h2" sx={{ overflowWrap: 'anywhere' }}>
            {data.fileName}
          </Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {data.mapping} · {data.actor} · <Instant at={data.createdAt} />
          </Typography>
        </Box>
        <ImportControls run={data} />
      </Box>
      {!over && (
        <Box sx={{ px: 2.5, pb: 1 }}>
          <LinearProgress
            variant={share === undefined ? 'indeterminate' : 'determinate'}
            value={(share ?? 0) * 100}
            aria-label={text('imports.running')}
          />
        </Box>
      )}
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: 'repeat(2, 1fr)', sm: 'repeat(5, 1fr)' },
          borderTop: 1,
          borderColor: 'divider',
        }}
      >
        <CountTile label={text('imports.counts.rows')} count={counts.rows} />
        <CountTile label={text('imports.counts.booked')} count={counts.booked} tone="success.main" />
        <CountTile label={text('imports.counts.known')} count={counts.known} />
        <CountTile label={text('imports.counts.refused')} count={counts.refused} tone="error.main" />
        <CountTile label={text('imports.counts.warnings')} count={counts.warnings} tone="warning.main" />
      </Box>
      {data.lastError && (
        <Alert severity="error" sx={{ m: 2 }}>
          {data.lastError}
        </Alert>
      )}
      {shownStatus(data) === 'cancelled' && (
        <Alert severity="warning" sx={{ m: 2 }}>
          {text('imports.cancelled')}
        </Alert>
      )}
      {data.status === 'completed' && doubtful === 0 && (
        <Alert severity="success" sx={{ m: 2 }}>
          {text('imports.allGood')}
        </Alert>
      )}
      {doubtful > 0 && (
        <RejectionsTable
          id={data.id}
          fileName={data.fileName}
          status={data.status}
          total={doubtful}
          ended={counts.booked + counts.known}
          over={over}
        />
      )}
    </Card>
  );
}
