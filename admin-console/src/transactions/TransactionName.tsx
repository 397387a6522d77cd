import { Box, Chip, Typography } from '@mui/material';
import type { LedgerTransaction } from '../accounts/accountTypes.js';
import { formatDate } from '../dates/dates.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import { usePayers } from '../payers/usePayers.js';
import { Name } from '../reference-data/Name.js';
import { counterpartOf } from './counterpart.js';
import { useTransactionTypes } from './useTransactionTypes.js';

interface TransactionNameProps {
  transaction: LedgerTransaction;
  /** Transactions by id, where the other half of what was taken back is found. */
  known: ReadonlyMap<string, LedgerTransaction>;
}

/**
 * The name of its type; a referral has that of the write-off before it, so its kind stands beside. Below it what took it
 * back, or what it took back.
 */
export function TransactionName({ transaction, known }: TransactionNameProps) {
  const text = useText();
  const { nameOf } = useTransactionTypes();
  const payer = usePayers().nameOf;
  const { typeCode, kind, payerCode, reversedById } = transaction;
  return (
    <Box sx={{ minWidth: { sm: 160 } }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}>
        <Name of={nameOf(typeCode)} />
        {kind === 'referral' && <Chip size="small" variant="outlined" label={text('transactions.types.referral')} />}
        {payerCode && <Chip size="small" variant="outlined" label={<Name of={payer(payerCode)} />} />}
        {reversedById && (
          <Chip size="small" color="warning" variant="outlined" label={text('transactions.takenBack')} />
        )}
      </Box>
      <OtherHalf transaction={transaction} known={known} />
    </Box>
  );
}

function OtherHalf({ transaction, known }: TransactionNameProps) {
  const text = useText();
  const locale = useLocale();
  const { nameOf } = useTransactionTypes();
  const counterpart = counterpartOf(transaction);
  const other = counterpart && known.get(counterpart.id);
  if (!counterpart || !other) return null;
  const name = nameOf(other.typeCode);
  if (name === undefined) return null;
  const words = { name, date: formatDate(other.effectiveDate, locale) };
  return (
    <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
      {text(`transactions.${counterpart.way}`, { ...words, amount: formatMoney(other, locale) })}
    </Typography>
  );
}
