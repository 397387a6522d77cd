import { Box, Button, Card, Chip, Skeleton, Typography } from '@mui/material';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useMay } from '../api/identity.js';
import { formatInstant } from '../dates/dates.js';
import { Instant } from '../dates/Instant.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { isErasedEverywhere, type ServiceErasure } from './erasure.js';
import { useErasure } from './useErasure.js';

/** In the place of contact data: that they were erased, why, and how far each service is (S28). */
export function ErasureCard({ account, erasedAt }: { account: AccountCard; erasedAt: string }) {
  const text = useText();
  const locale = useLocale();
  const mayAudit = useMay()('audit', 'read');
  return (
    <Card sx={{ p: 2 }} aria-live="polite">
      <Typography variant="h3" component="h2" sx={{ mb: 1.25 }}>
        {text('erasures.title')}
      </Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {text('erasures.erasedAt', { at: formatInstant(erasedAt, locale) })}
      </Typography>
      {mayAudit && <ByService accountId={account.id} />}
    </Card>
  );
}

/** Only for those who may read the audit, for that is where each service says it. */
function ByService({ accountId }: { accountId: string }) {
  const text = useText();
  const { data, error, isFetching, refetch } = useErasure(accountId);
  if (!data && !error) return <Skeleton variant="rounded" height={110} sx={{ mt: 1.5 }} />;
  return (
    <>
      {data?.reason && (
        <Typography variant="body2" sx={{ mt: 1 }}>
          {text('erasures.reasonWas', { reason: text(`erasures.reasons.${data.reason}`) })}
        </Typography>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, mt: 1.5, p: 0, display: 'grid', gap: 1 }}>
        {data?.services.map((each) => (
          <ServiceLine key={each.service} erasure={each} />
        ))}
      </Box>
      {(error !== null || (data && !isErasedEverywhere(data))) && (
        <Button size="small" sx={{ mt: 1 }} loading={isFetching} onClick={() => void refetch()}>
          {text('erasures.askAgain')}
        </Button>
      )}
    </>
  );
}

const colours = { erased: 'success', waiting: 'info', unknown: 'warning' } as const;

function ServiceLine({ erasure }: { erasure: ServiceErasure }) {
  const text = useText();
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 1 }}>
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="body2">{text(`services.${erasure.service}`)}</Typography>
        {erasure.state === 'erased' && (
          <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
            <Instant at={erasure.at} />
          </Typography>
        )}
      </Box>
      <Chip
        size="small"
        variant="outlined"
        color={colours[erasure.state]}
        label={text(`erasures.states.${erasure.state}`)}
      />
    </Box>
  );
}
