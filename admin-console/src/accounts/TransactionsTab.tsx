import { Box, Typography } from '@mui/material';
import { useState } from 'react';
import { useMay } from '../api/identity.js';
import { Day } from '../dates/Day.js';
import { Instant } from '../dates/Instant.js';
import { useText } from '../i18n/useText.js';
import type { ShownSort } from '../lists/SortLabel.js';
import { Amount } from '../money/Amount.js';
import { ReturnDialog } from '../payments/ReturnDialog.js';
import type { NameOf } from '../reference-data/names.js';
import { BalanceChange } from '../transactions/BalanceChange.js';
import { ReverseDialog } from '../transactions/ReverseDialog.js';
import { TransactionMenu } from '../transactions/TransactionMenu.js';
import { TransactionName } from '../transactions/TransactionName.js';
import type { TakeBack } from '../transactions/takeBack.js';
import { useCounterparts } from '../transactions/useCounterparts.js';
import { useTransactionTypes } from '../transactions/useTransactionTypes.js';
import { RowsTable, type RowColumn } from './RowsTable.js';
import type { AccountCard, LedgerTransaction } from './accountTypes.js';
import { useAccountRows } from './useAccount.js';
import { useSortInAddress } from './useSortInAddress.js';

const newestFirst: ShownSort = { field: 'effectiveDate', order: 'DESC' };
const none: readonly LedgerTransaction[] = [];

/**
 * Everything booked on an account: invoices, payments, write-offs, referrals, and what took them back; how each changed what
 * the account owes. The newest stands first: of one day that which was recorded last.
 */
export function TransactionsTab({ account }: { account: AccountCard }) {
  const text = useText();
  const may = useMay();
  const { nameOf } = useTransactionTypes();
  const [taking, setTaking] = useState<{ takeBack: TakeBack; transaction: LedgerTransaction }>();
  const sorting = useSortInAddress(newestFirst);
  const { sort } = sorting;
  const query = useAccountRows<LedgerTransaction>('/api/ledger/transactions', account.id, [sort.field, sort.order]);
  const columns = columnsOf(useCounterparts(account.id, query.data?.rows ?? none));
  const close = () => setTaking(undefined);
  const actions = actionsOf(nameOf, (transaction, takeBack) => setTaking({ takeBack, transaction }));
  const acting = may('transactions', 'run') || may('payments', 'run');
  return (
    <>
      <RowsTable
        query={query}
        sorting={sorting}
        columns={acting ? [...columns, actions] : columns}
        empty={text('accounts.noTransactions')}
      />
      {taking?.takeBack === 'return' && <ReturnDialog account={account} payment={taking.transaction} onClose={close} />}
      {taking?.takeBack === 'reverse' && (
        <ReverseDialog
          account={account}
          transaction={taking.transaction}
          name={nameOf(taking.transaction.typeCode) ?? ''}
          onClose={close}
        />
      )}
    </>
  );
}

/** The column with what can still be taken back. */
function actionsOf(
  nameOf: NameOf,
  onChoose: (transaction: LedgerTransaction, takeBack: TakeBack) => void,
): RowColumn<LedgerTransaction> {
  return {
    label: 'lines.actions',
    hidden: true,
    cell: (transaction) => {
      const name = nameOf(transaction.typeCode);
      return (
        name !== undefined && (
          <TransactionMenu
            transaction={transaction}
            name={name}
            onChoose={(takeBack) => onChoose(transaction, takeBack)}
          />
        )
      );
    },
  };
}

const wholeMax = 24;

/** A number stays on one line; words are broken where there is no room. */
function Reference({ shown }: { shown: string }) {
  return <Box sx={{ whiteSpace: shown.length <= wholeMax ? 'nowrap' : 'normal', maxWidth: 260 }}>{shown}</Box>;
}

function referenceOf(shown: string | null) {
  return shown === null ? null : <Reference shown={shown} />;
}

/** When, and below it by whom. */
function Recorded({ transaction: { recordedAt, actor } }: { transaction: LedgerTransaction }) {
  return (
    <Box>
      <Instant at={recordedAt} />
      <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
        {actor}
      </Typography>
    </Box>
  );
}

const columnsOf = (known: ReadonlyMap<string, LedgerTransaction>): readonly RowColumn<LedgerTransaction>[] => [
  {
    label: 'transactions.effectiveDate',
    sort: 'effectiveDate',
    whole: true,
    cell: ({ effectiveDate }) => <Day date={effectiveDate} />,
  },
  {
    label: 'transactions.type',
    sort: 'typeCode',
    onCard: 'title',
    cell: (transaction) => <TransactionName transaction={transaction} known={known} />,
  },
  {
    label: 'transactions.balanceChange',
    numeric: true,
    onCard: 'main',
    cell: (transaction) => <BalanceChange transaction={transaction} />,
  },
  {
    label: 'transactions.amount',
    sort: 'amount',
    numeric: true,
    cell: ({ amount, currency }) => <Amount amount={amount} currency={currency} />,
  },
  { label: 'transactions.reference', cell: ({ reference, reason }) => referenceOf(reference ?? reason) },
  {
    label: 'transactions.recordedAt',
    sort: 'recordedAt',
    cell: (transaction) => <Recorded transaction={transaction} />,
  },
];
