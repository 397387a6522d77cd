import { Link } from '@mui/material';
import { Link as RouterLink } from 'react-router';
import { Day } from '../dates/Day.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { RowsTable, type RowColumn } from './RowsTable.js';
import type { AccountCard, Referral } from './accountTypes.js';
import { useAccountRows } from './useAccount.js';

/** The account's history with collection agencies (AGY-2). */
export function ReferralsTab({ account }: { account: AccountCard }) {
  const text = useText();
  const query = useAccountRows<Referral>('/api/collections/referrals', account.id, ['referredOn', 'DESC']);
  return (
    <RowsTable
      query={query}
      columns={columns}
      empty={text('accounts.noReferrals')}
      emptyHint={text('accounts.noReferralsHint')}
    />
  );
}

function Kind({ type }: { type: Referral['type'] }) {
  const text = useText();
  return <>{text(`referrals.types.${type}`)}</>;
}

function Origin({ referral }: { referral: Referral }) {
  const text = useText();
  if (!referral.bulkActionId) return <>{referral.actor}</>;
  return (
    <>
      {referral.actor} ·{' '}
      <Link component={RouterLink} to={`/bulk-actions/${referral.bulkActionId}`}>
        {text('accounts.byBulkAction')}
      </Link>
    </>
  );
}

const columns: readonly RowColumn<Referral>[] = [
  { label: 'referrals.referredOn', cell: ({ referredOn }) => <Day date={referredOn} /> },
  { label: 'referrals.type', cell: ({ type }) => <Kind type={type} /> },
  { label: 'deliveries.agency', cell: ({ agencyCode }) => agencyCode },
  {
    label: 'transactions.amount',
    numeric: true,
    onCard: 'main',
    cell: ({ amount, currency }) => <Amount amount={amount} currency={currency} code />,
  },
  { label: 'bulkActions.by', cell: (referral) => <Origin referral={referral} /> },
];
