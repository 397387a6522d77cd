import { Alert, Link, Stack } from '@mui/material';
import { Link as RouterLink } from 'react-router';
import { formatDate } from '../dates/dates.js';
import { Instant } from '../dates/Instant.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { PageTrouble } from '../layout/PageTrouble.js';
import { useRate } from '../progress/ProgressProvider.js';
import { ProgressLine } from '../progress/ProgressLine.js';
import { BulkActionButtons } from './BulkActionButtons.js';
import { BulkActionSummary } from './BulkActionSummary.js';
import { ItemsCard } from './ItemsCard.js';
import { ParametersLine } from './ParametersLine.js';
import { StatusBadge } from './StatusBadge.js';
import { UndoneMark } from './UndoneMark.js';
import { isFinished, isLive } from './bulkAction.js';
import { useActionTitle } from './useActionTitle.js';
import { useBulkAction } from './useBulkAction.js';

/** One bulk action from its preview to its results (BLK-2, CON-5). */
export function BulkActionPage({ id }: { id: string }) {
  const text = useText();
  const locale = useLocale();
  const title = useActionTitle();
  const query = useBulkAction(id);
  const { data: action } = query;
  const rate = useRate(id);
  if (!action) return <PageTrouble query={query} />;
  const judged = action.type === 'undo' ? action.undoes?.type : action.type;
  const started = action.startedAt !== null && action.status !== 'preview';
  return (
    <Page>
      <PageHeader
        title={title(action)}
        beside={
          <>
            <StatusBadge status={action.status} />
            <UndoneMark action={action} />
          </>
        }
        below={
          <>
            <ParametersLine action={action} />
            {action.actor} · <Instant at={action.createdAt} />
            {action.asOf && <> · {text('bulkActions.selectedAsOf', { date: formatDate(action.asOf, locale) })}</>}
            {action.undoOf && (
              <>
                {' '}
                ·{' '}
                <Link component={RouterLink} to={`/bulk-actions/${action.undoOf}`}>
                  {text('bulkActions.toUndone')}
                </Link>
              </>
            )}
          </>
        }
        actions={<BulkActionButtons action={action} judgedBy={judged} />}
      />
      <PartTrouble query={query} />
      <Stack sx={{ gap: 2 }}>
        {action.problem && <Alert severity="warning">{action.problem}</Alert>}
        {(started || isLive(action.status)) && action.status !== 'previewing' && (
          <ProgressLine action={action} rate={rate} />
        )}
        {action.status === 'previewing' && <Alert severity="info">{text('bulkActions.previewing')}</Alert>}
        {action.status === 'preview' && action.counts.eligible === 0 && (
          <Alert severity="warning">{text('bulkActions.nothingToDo')}</Alert>
        )}
        {action.status === 'preview' &&
          action.warnings.map((code) => (
            <Alert key={code} severity="warning">
              {text(`bulkActions.warnings.${code}`)}
            </Alert>
          ))}
        <BulkActionSummary action={action} />
        <ItemsCard action={action} finished={isFinished(action.status)} />
      </Stack>
    </Page>
  );
}
