import { Box, Typography } from '@mui/material';
import type { LedgerTransaction } from '../accounts/accountTypes.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatChange } from '../money/money.js';

/** How a transaction changed what the account owes, with its sign; below it how it changed the credit, where it did. */
export function BalanceChange({ transaction }: { transaction: LedgerTransaction }) {
  const text = useText();
  const locale = useLocale();
  const { balanceChange, creditChange, currency } = transaction;
  return (
    <Box sx={{ whiteSpace: 'nowrap' }}>
      <Box
        component="span"
        sx={{
          fontWeight: balanceChange === 0 ? 'inherit' : 650,
          color: balanceChange === 0 ? 'text.secondary' : 'inherit',
        }}
      >
        {formatChange({ amount: balanceChange, currency }, locale)}
      </Box>
      {creditChange !== 0 && (
        <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
          {text('transactions.creditChange', { amount: formatChange({ amount: creditChange, currency }, locale) })}
        </Typography>
      )}
    </Box>
  );
}
