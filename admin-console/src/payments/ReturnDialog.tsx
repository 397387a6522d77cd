import { FormControlLabel, Switch } from '@mui/material';
import { useState } from 'react';
import type { AccountCard, LedgerTransaction } from '../accounts/accountTypes.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { useToday } from '../dates/useToday.js';
import { AmountField } from '../forms/AmountField.js';
import { DayField } from '../forms/DayField.js';
import { FormDialog } from '../forms/FormDialog.js';
import { KeptField } from '../forms/KeptField.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import { readTyped } from '../money/typedAmount.js';

interface ReturnDialogProps {
  account: AccountCard;
  payment: LedgerTransaction;
  onClose: () => void;
}

/** The bank returned a payment: what it closed is open again, and the account may be charged a fee (LED-31). */
export function ReturnDialog({ account, payment, onClose }: ReturnDialogProps) {
  const text = useText();
  const locale = useLocale();
  const today = useToday()?.([account.officeCode]);
  const [day, setDay] = useState('');
  const [reason, setReason] = useState('');
  const [charged, setCharged] = useState(false);
  const [fee, setFee] = useState('');
  const command = useLedgerCommand(account.id);
  const amount = readTyped(fee, account.currency);
  const effectiveDate = day || (today ?? '');
  const own = payment.payerCode === null || payment.payerCode === undefined;
  return (
    <FormDialog
      title={text('payments.returnTitle')}
      intro={text('payments.returnIntro', { amount: formatMoney(payment, locale) })}
      submit={text('payments.return')}
      pending={command.isPending}
      ready={effectiveDate !== '' && (!charged || (amount !== undefined && amount > 0))}
      error={command.error}
      currency={account.currency}
      onSubmit={() =>
        command.mutate(
          {
            path: `payments/${payment.id}/return`,
            body: {
              effectiveDate,
              ...(reason.trim() ? { reason: reason.trim() } : {}),
              ...(charged ? { nsfFee: { amount } } : {}),
            },
            done: text('payments.returned'),
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <DayField
        label={text('payments.returnedOn')}
        field="effectiveDate"
        required
        day={effectiveDate}
        min={payment.effectiveDate}
        max={today}
        onChange={setDay}
      />
      <KeptField label={text('writeOffs.reason')} field="reason" value={reason} onChange={setReason} lengthMax={500} />
      {own && (
        <FormControlLabel
          label={text('payments.chargeFee')}
          control={<Switch checked={charged} onChange={(_, checked) => setCharged(checked)} />}
        />
      )}
      {charged && (
        <AmountField
          label={text('payments.nsfFee')}
          field="nsfFee.amount"
          typed={fee}
          currency={account.currency}
          onChange={setFee}
          hint={text('payments.nsfFeeHint')}
          required
          autoFocus
        />
      )}
    </FormDialog>
  );
}
