import { Box, Card, Link, Typography } from '@mui/material';
import { Link as RouterLink } from 'react-router';
import { Instant } from '../dates/Instant.js';
import { ErasureCard } from '../erasures/ErasureCard.js';
import { useText } from '../i18n/useText.js';
import { StageChip } from '../report/StageChip.js';
import { ContactCard } from './ContactCard.js';
import type { AccountCard } from './accountTypes.js';

/** Beside the lists: how to reach the customer, and the stages the account went through. */
export function AccountSide({ account }: { account: AccountCard }) {
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      {account.erasedAt ? (
        <ErasureCard account={account} erasedAt={account.erasedAt} />
      ) : (
        <ContactCard contact={account.contact} />
      )}
      {!account.ofLedger && <StageHistory account={account} />}
    </Box>
  );
}

function StageHistory({ account }: { account: AccountCard }) {
  const text = useText();
  return (
    <Card sx={{ p: 2 }}>
      <Typography variant="h3" component="h2" sx={{ mb: 1.25 }}>
        {text('accounts.stageHistory')}
      </Typography>
      {account.stageHistory.length === 0 && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {text('accounts.noStageHistory')}
        </Typography>
      )}
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}>
        {account.stageHistory
          .toSorted((a, b) => (a.from < b.from ? 1 : -1))
          .map((period) => (
            <Box component="li" key={period.from} sx={{ display: 'grid', gap: 0.25 }}>
              <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
                <StageChip stage={period.stage} />
                <Typography variant="body2">{period.actor}</Typography>
                {period.bulkActionId && (
                  <Link component={RouterLink} to={`/bulk-actions/${period.bulkActionId}`} variant="body2">
                    {text('accounts.byBulkAction')}
                  </Link>
                )}
              </Box>
              <Typography variant="caption" sx={{ color: 'text.secondary' }}>
                <Instant at={period.from} />
                {period.to ? (
                  <>
                    {' '}
                    – <Instant at={period.to} />
                  </>
                ) : (
                  ` – ${text('accounts.now')}`
                )}
              </Typography>
            </Box>
          ))}
      </Box>
    </Card>
  );
}
