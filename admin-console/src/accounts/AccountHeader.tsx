import { Box, Card, Typography } from '@mui/material';
import { FlagChips } from '../flags/FlagChips.js';
import { Day } from '../dates/Day.js';
import { formatInstant } from '../dates/dates.js';
import { ErasedMark } from '../erasures/ErasedMark.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { PageHeader } from '../layout/PageHeader.js';
import { Amount } from '../money/Amount.js';
import { StatusChip } from '../report/StatusChip.js';
import { AccountActions } from './AccountActions.js';
import { Fact } from './Fact.js';
import { FlagEditor } from './FlagEditor.js';
import { HeldFacts } from './HeldFacts.js';
import { StageEditor } from './StageEditor.js';
import type { AccountCard } from './accountTypes.js';

/** Number and name, and in one line what matters most: balance, stage, flags, status. */
export function AccountHeader({ account }: { account: AccountCard }) {
  const text = useText();
  const name = account.name === account.accountNumber ? null : account.name;
  return (
    <>
      <PageHeader
        title={name ?? account.accountNumber}
        windowTitle={account.accountNumber}
        beside={
          <>
            <StatusChip status={account.accountStatus} />
            {account.erasedAt && <ErasedMark />}
          </>
        }
        below={text(name === null ? 'accounts.belowNumber' : 'accounts.below', {
          number: account.accountNumber,
          office: account.officeCode,
        })}
        actions={<AccountActions account={account} />}
      />
      <Card sx={{ mb: 2, display: 'flex', flexWrap: 'wrap' }}>
        <Fact label={text('accounts.balance')}>
          <Box sx={{ fontSize: '1.5rem', letterSpacing: '-0.02em' }}>
            <Amount amount={account.balance} currency={account.currency} strong code />
          </Box>
          <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
            {text('payers.self')}
          </Typography>
        </Fact>
        <HeldFacts account={account} />
        <Fact label={text('accounts.credit')}>
          <Box sx={{ fontSize: '1.125rem' }}>
            <Amount amount={account.credit} currency={account.currency} quietZero code />
          </Box>
        </Fact>
        {account.lastPayment && (
          <Fact label={text('report.columns.lastPayment')}>
            <Box sx={{ fontSize: '1.125rem' }}>
              <Amount amount={account.lastPayment.amount} currency={account.currency} code />
            </Box>
            <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
              <Day date={account.lastPayment.date} />
            </Typography>
          </Fact>
        )}
        {account.agencyCode && (
          <Fact label={text('report.columns.agencyCode')}>
            <Box sx={{ fontSize: '1.125rem' }}>{account.agencyCode}</Box>
          </Fact>
        )}
        {!account.ofLedger && <Marks account={account} />}
      </Card>
    </>
  );
}

/** What the collections service keeps of an account: its stage and its flags. */
function Marks({ account }: { account: AccountCard }) {
  const text = useText();
  const locale = useLocale();
  return (
    <>
      <Fact label={text('report.columns.stage')}>
        <StageEditor account={account} />
        {account.stageSince && (
          <Typography variant="caption" component="div" sx={{ color: 'text.secondary', mt: 0.25 }}>
            {text('accounts.since', { at: formatInstant(account.stageSince, locale) })}
          </Typography>
        )}
      </Fact>
      <Fact label={text('report.columns.flags')} wide>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
          {account.flags.length === 0 && (
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              {text('bulkActions.none')}
            </Typography>
          )}
          <FlagChips codes={account.flags.map(({ code }) => code)} shownMax={6} />
          <FlagEditor account={account} />
        </Box>
      </Fact>
    </>
  );
}
