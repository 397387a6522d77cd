import { Box, Chip, Typography } from '@mui/material';
import { useState } from 'react';
import { useMay } from '../api/identity.js';
import { Day } from '../dates/Day.js';
import { Instant } from '../dates/Instant.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { ReturnDialog } from '../payments/ReturnDialog.js';
import { usePayers } from '../payers/usePayers.js';
import { ReverseDialog } from '../transactions/ReverseDialog.js';
import { TransactionMenu } from '../transactions/TransactionMenu.js';
import type { TakeBack } from '../transactions/takeBack.js';
import { useTransactionTypes } from '../transactions/useTransactionTypes.js';
import { RowsTable, type RowColumn } from './RowsTable.js';
import type { AccountCard, LedgerTransaction } from './accountTypes.js';
import { useAccountRows } from './useAccount.js';

/** Everything booked on an account: invoices, payments, write-offs, referrals, and what took them back. */
export function TransactionsTab({ account }: { account: AccountCard }) {
  const text = useText();
  const may = useMay();
  const { nameOf } = useTransactionTypes();
  const [taking, setTaking] = useState<{ takeBack: TakeBack; transaction: LedgerTransaction }>();
  const query = useAccountRows<LedgerTransaction>('/api/ledger/transactions', account.id, ['recordedAt', 'DESC']);
  const close = () => setTaking(undefined);
  const actions = actionsOf(nameOf, (transaction, takeBack) => setTaking({ takeBack, transaction }));
  const acting = may('transactions', 'run') || may('payments', 'run');
  return (
    <>
      <RowsTable
        query={query}
        columns={acting ? [...columns, actions] : columns}
        empty={text('accounts.noTransactions')}
      />
      {taking?.takeBack === 'return' && <ReturnDialog account={account} payment={taking.transaction} onClose={close} />}
      {taking?.takeBack === 'reverse' && (
        <ReverseDialog
          account={account}
          transaction={taking.transaction}
          name={nameOf(taking.transaction.typeCode)}
          onClose={close}
        />
      )}
    </>
  );
}

/** The column with what can still be taken back. */
function actionsOf(
  nameOf: (code: string) => string,
  onChoose: (transaction: LedgerTransaction, takeBack: TakeBack) => void,
): RowColumn<LedgerTransaction> {
  return {
    label: 'lines.actions',
    cell: (transaction) => (
      <TransactionMenu
        transaction={transaction}
        name={nameOf(transaction.typeCode)}
        onChoose={(takeBack) => onChoose(transaction, takeBack)}
      />
    ),
  };
}

/** The name of its type; a referral has that of the write-off before it, so its kind stands beside. */
function TypeName({ transaction }: { transaction: LedgerTransaction }) {
  const text = useText();
  const { nameOf } = useTransactionTypes();
  const payer = usePayers().nameOf;
  const { typeCode, kind, payerCode, reversedById } = transaction;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}>
      {nameOf(typeCode)}
      {kind === 'referral' && <Chip size="small" variant="outlined" label={text('transactions.types.referral')} />}
      {payerCode && <Chip size="small" variant="outlined" label={payer(payerCode)} />}
      {reversedById && <Chip size="small" color="warning" variant="outlined" label={text('transactions.takenBack')} />}
    </Box>
  );
}

const wholeMax = 24;

/** A number stays on one line; words are broken where there is no room. */
function Reference({ transaction: { reference, reason } }: { transaction: LedgerTransaction }) {
  const shown = reference ?? reason ?? '';
  return <Box sx={{ whiteSpace: shown.length <= wholeMax ? 'nowrap' : 'normal', maxWidth: 260 }}>{shown}</Box>;
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

const columns: readonly RowColumn<LedgerTransaction>[] = [
  { label: 'transactions.effectiveDate', cell: ({ effectiveDate }) => <Day date={effectiveDate} /> },
  { label: 'transactions.type', cell: (transaction) => <TypeName transaction={transaction} /> },
  {
    label: 'transactions.amount',
    numeric: true,
    cell: ({ amount, currency }) => <Amount amount={amount} currency={currency} code />,
  },
  { label: 'transactions.reference', cell: (transaction) => <Reference transaction={transaction} /> },
  { label: 'transactions.recordedAt', cell: (transaction) => <Recorded transaction={transaction} /> },
];
