import { TextField } from '@mui/material';
import { useToday } from '../dates/useToday.js';
import { AmountField } from '../forms/AmountField.js';
import { DayField } from '../forms/DayField.js';
import { useText } from '../i18n/useText.js';
import { asTyped } from '../money/typedAmount.js';
import type { StepProps } from './ReferPage.js';
import { StepForm } from './StepForm.js';

/** The payment of nothing that carries the write-off; both are booked together by the next step. */
export function PaymentStep({ account, progress, onProgress, onDone }: StepProps) {
  const text = useText();
  const today = useToday()?.([account.officeCode]);
  const { currency } = account;
  const effectiveDate = progress.effectiveDate || (today ?? '');
  return (
    <StepForm
      step="payment"
      ready={effectiveDate !== ''}
      pending={false}
      error={undefined}
      onSubmit={() => onDone({ effectiveDate })}
    >
      <TextField
        label={text('transactions.reference')}
        value={progress.reference}
        onChange={({ target }) => onProgress({ reference: target.value })}
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
      <AmountField
        label={text('transactions.amount')}
        typed={asTyped(0, currency)}
        currency={currency}
        onChange={() => undefined}
        hint={text('referring.zero')}
      />
      <DayField
        label={text('transactions.effectiveDate')}
        day={effectiveDate}
        max={today}
        onChange={(day) => onProgress({ effectiveDate: day })}
      />
    </StepForm>
  );
}
