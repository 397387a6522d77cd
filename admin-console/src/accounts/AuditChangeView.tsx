import ArrowRightAlt from '@mui/icons-material/ArrowRightAlt';
import { Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useFlags } from '../flags/useFlags.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import type { AuditChange } from './auditChanges.js';

/** Fields that hold minor units of the account's currency. */
const amountFields = new Set(['amount', 'balance', 'credit', 'total']);

/** One changed field in words: its name, what it was, what it is. */
export function AuditChangeView({ change, currency }: { change: AuditChange; currency: string }) {
  const text = useText();
  const translate = useTranslate();
  const locale = useLocale();
  const { byCode } = useFlags();
  const { field, before, after } = change;

  function shown(value: string | undefined): string {
    if (value === undefined || value === '') return text('bulkActions.none');
    if (field === 'stage') return translate(`recoup.stages.${value}`, { _: value });
    if (field === 'flags')
      return value
        .split(', ')
        .map((code) => byCode.get(code)?.name ?? code)
        .join(', ');
    if (amountFields.has(field) && /^-?\d+$/.test(value))
      return formatMoney({ amount: Number(value), currency }, locale);
    return value;
  }

  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 0.75 }}>
      <Typography component="span" variant="body2" sx={{ color: 'text.secondary' }}>
        {translate(`recoup.auditFields.${field}`, { _: field })}
      </Typography>
      {before !== undefined && (
        <>
          <Typography component="span" variant="body2">
            {shown(before)}
          </Typography>
          <ArrowRightAlt fontSize="small" titleAccess={text('bulkActions.becomes')} sx={{ color: 'text.secondary' }} />
        </>
      )}
      <Typography component="span" variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {shown(after)}
      </Typography>
    </Box>
  );
}
