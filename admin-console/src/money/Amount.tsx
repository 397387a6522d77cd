import { Box } from '@mui/material';
import { useLocale } from '../i18n/useLocale.js';
import { formatFigure, formatMoney } from './money.js';

interface AmountProps {
  amount: number | null | undefined;
  currency: string;
  /** Whether the currency's code is shown beside the figure. */
  code?: boolean;
  strong?: boolean;
  quietZero?: boolean;
}

/** An amount of minor units with the currency's own decimals; nothing when it is not known. */
export function Amount({ amount, currency, code = false, strong = false, quietZero = false }: AmountProps) {
  const locale = useLocale();
  if (amount === null || amount === undefined) return null;
  const money = { amount, currency };
  return (
    <Box
      component="span"
      sx={{
        whiteSpace: 'nowrap',
        fontWeight: strong ? 650 : 'inherit',
        color: quietZero && amount === 0 ? 'text.secondary' : 'inherit',
      }}
    >
      {code ? formatMoney(money, locale) : formatFigure(money, locale)}
    </Box>
  );
}
