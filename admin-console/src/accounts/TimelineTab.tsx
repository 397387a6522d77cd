import { Box, Link, Skeleton, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router';
import { Instant } from '../dates/Instant.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { useText } from '../i18n/useText.js';
import { AuditChangeView } from './AuditChangeView.js';
import { auditChanges } from './auditChanges.js';
import type { AccountCard, AuditLine } from './accountTypes.js';
import { useTimeline } from './useAccount.js';

/** One timeline of all services: who changed what, and when. */
export function TimelineTab({ account }: { account: AccountCard }) {
  const text = useText();
  const { data, error, refetch } = useTimeline(account.id);
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <Box sx={{ p: 2 }}>
        <Skeleton variant="rounded" height={200} />
      </Box>
    );
  if (data.length === 0) return <EmptyState title={text('accounts.noTimeline')} />;
  return (
    <Box component="ol" sx={{ listStyle: 'none', m: 0, px: 2.5, py: 2 }}>
      {data.map((line) => (
        <Line key={line.id} line={line} currency={account.currency} />
      ))}
    </Box>
  );
}

function Line({ line, currency }: { line: AuditLine; currency: string }) {
  const text = useText();
  const translate = useTranslate();
  return (
    <Box
      component="li"
      sx={{
        position: 'relative',
        pl: 3,
        pb: 2,
        '&::before': { content: '""', position: 'absolute', left: 5, top: 8, bottom: -8, width: 2, bgcolor: 'divider' },
        '&:last-of-type::before': { display: 'none' },
      }}
    >
      <Box
        sx={{
          position: 'absolute',
          left: 0,
          top: 6,
          width: 12,
          height: 12,
          borderRadius: '50%',
          bgcolor: 'primary.main',
          border: 2,
          borderColor: 'background.paper',
        }}
      />
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {translate(`recoup.audit.${line.action}`, { _: line.action })}
      </Typography>
      {auditChanges(line.before, line.after).map((change) => (
        <AuditChangeView key={change.field} change={change} currency={currency} />
      ))}
      <Typography variant="caption" sx={{ color: 'text.secondary' }}>
        {line.actor} · <Instant at={line.at} /> · {text(`services.${line.service}`)}
        {line.bulkActionId && (
          <>
            {' '}
            ·{' '}
            <Link component={RouterLink} to={`/bulk-actions/${line.bulkActionId}`}>
              {text('accounts.byBulkAction')}
            </Link>
          </>
        )}
      </Typography>
    </Box>
  );
}
