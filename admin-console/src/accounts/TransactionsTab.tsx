import { useTranslate } from 'react-admin';
import { Day } from '../dates/Day.js';
import { Instant } from '../dates/Instant.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { RowsTable, type RowColumn } from './RowsTable.js';
import type { AccountCard, LedgerTransaction } from './accountTypes.js';
import { useAccountRows } from './useAccount.js';

/** Everything booked on an account: invoices, payments, write-offs, reversals. */
export function TransactionsTab({ account }: { account: AccountCard }) {
  const text = useText();
  const query = useAccountRows<LedgerTransaction>('/api/ledger/transactions', account.id, ['effectiveDate', 'DESC']);
  return <RowsTable query={query} columns={columns} empty={text('accounts.noTransactions')} />;
}

/** The words for a type or kind of transaction; one that an administrator defined is shown by its code. */
function TypeName({ code }: { code: string }) {
  const translate = useTranslate();
  return <>{translate(`recoup.transactions.types.${code}`, { _: code })}</>;
}

const columns: readonly RowColumn<LedgerTransaction>[] = [
  { label: 'transactions.effectiveDate', cell: ({ effectiveDate }) => <Day date={effectiveDate} /> },
  { label: 'transactions.type', cell: ({ typeCode }) => <TypeName code={typeCode} /> },
  {
    label: 'transactions.amount',
    numeric: true,
    cell: ({ amount, currency }) => <Amount amount={amount} currency={currency} code />,
  },
  { label: 'transactions.reference', cell: ({ reference }) => reference },
  { label: 'transactions.recordedAt', cell: ({ recordedAt }) => <Instant at={recordedAt} /> },
  { label: 'bulkActions.by', cell: ({ actor }) => actor },
];
