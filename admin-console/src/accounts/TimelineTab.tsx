import { Box, Link, Skeleton, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router';
import { Instant } from '../dates/Instant.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { MissingServices } from '../feedback/MissingServices.js';
import { useText } from '../i18n/useText.js';
import { AuditChangeView } from './AuditChangeView.js';
import { auditChanges } from './auditChanges.js';
import { NewestOf } from './NewestOf.js';
import type { AccountCard, AuditLine } from './accountTypes.js';
import { useTimeline } from './useTimeline.js';

/** One timeline of all services: who changed what, and when. Where one is down, the others tell theirs. */
export function TimelineTab({ account }: { account: AccountCard }) {
  const text = useText();
  const query = useTimeline(account.id);
  const { data, isFetching, refetch } = query;
  if (!data)
    return (
      <PartTrouble
        query={query}
        waiting={
          <Box sx={{ p: 2 }}>
            <Skeleton variant="rounded" height={200} />
          </Box>
        }
      />
    );
  const { lines, total, missing } = data;
  return (
    <>
      <MissingServices missing={missing} busy={isFetching} onRetry={() => void refetch()} />
      {lines.length === 0 && missing.length === 0 && (
        <EmptyState title={text('accounts.noTimeline')} hint={text('accounts.noTimelineHint')} />
      )}
      <Box component="ol" sx={{ listStyle: 'none', m: 0, px: 2.5, py: lines.length === 0 ? 0 : 2 }}>
        {lines.map((line) => (
          <Line key={line.id} line={line} currency={account.currency} />
        ))}
      </Box>
      {total > lines.length && <NewestOf shown={lines.length} total={total} />}
    </>
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
        {line.actor !== line.service && `${line.actor} · `}
        <Instant at={line.at} /> · {text(`services.${line.service}`)}
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
