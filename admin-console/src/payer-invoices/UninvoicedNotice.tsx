import { Alert, AlertTitle, Button } from '@mui/material';
import { useState } from 'react';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useMay } from '../api/identity.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import { useHeld } from '../payers/useHeld.js';
import { PayerInvoiceDialog } from './PayerInvoiceDialog.js';

/**
 * Says that a payer holds what it was never invoiced for, as after a referral that was left before its last step, and makes
 * the invoice out (LED-24).
 */
export function UninvoicedNotice({ account }: { account: AccountCard }) {
  const text = useText();
  const locale = useLocale();
  const may = useMay();
  const { data: held = [] } = useHeld(account.id);
  const [creating, setCreating] = useState(false);
  const waiting = held.filter(({ uninvoiced }) => uninvoiced > 0);
  if (waiting.length === 0) return null;
  // An agency collects by its invoice; of an insurer's lines one may be made out or not.
  const referred = waiting.some(({ payerType }) => payerType === 'generic');
  const parts = waiting.map(({ payerName, uninvoiced: amount }) =>
    text('payerInvoices.waitsFor', {
      payer: payerName,
      amount: formatMoney({ amount, currency: account.currency }, locale),
    }),
  );
  return (
    <>
      <Alert
        severity={referred ? 'warning' : 'info'}
        sx={{ mb: 2, flexWrap: { xs: 'wrap', sm: 'nowrap' } }}
        action={
          may('payer-invoices', 'create') && (
            <Button color="inherit" size="small" onClick={() => setCreating(true)}>
              {text('accounts.begin.payer-invoice')}
            </Button>
          )
        }
      >
        <AlertTitle>{text('payerInvoices.waiting')}</AlertTitle>
        {text('payerInvoices.waits', { parts: new Intl.ListFormat(locale).format(parts) })}
      </Alert>
      {creating && <PayerInvoiceDialog account={account} onClose={() => setCreating(false)} />}
    </>
  );
}
