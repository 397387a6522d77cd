import { Alert, AlertTitle, Button } from '@mui/material';
import { ineligible } from '@recoup/contracts/eligibility';
import { Link } from 'react-router';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useMay } from '../api/identity.js';
import { openOf } from '../bill-lines/billLine.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import { writtenOff } from './referralStanding.js';
import { useBegunReferrals } from './useReferralStanding.js';

/** Says that money was written off for an agency that does not have it yet: the balance alone does not show that. */
export function BegunReferralNotice({ account }: { account: AccountCard }) {
  const text = useText();
  const locale = useLocale();
  const may = useMay();
  const { data: begun } = useBegunReferrals(account.id);
  if (!begun || begun.length === 0) return null;
  const reason = ineligible('refer', account.accountStatus);
  const amount = formatMoney({ amount: openOf(writtenOff(begun)), currency: account.currency }, locale);
  return (
    <Alert
      severity="warning"
      sx={{ mb: 2 }}
      action={
        may('agency-referrals', 'create') && reason === null ? (
          <Button color="inherit" size="small" component={Link} to={`/accounts/${account.id}/refer`}>
            {text('referring.continue')}
          </Button>
        ) : undefined
      }
    >
      <AlertTitle>{text('referring.begun')}</AlertTitle>
      {text('referring.begunWaits', { amount })} {reason === null ? null : text(`reasons.${reason}`)}
    </Alert>
  );
}
