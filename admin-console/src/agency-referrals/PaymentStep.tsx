import { useToday } from '../dates/useToday.js';
import { AmountField } from '../forms/AmountField.js';
import { DayField } from '../forms/DayField.js';
import { KeptField } from '../forms/KeptField.js';
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
      currency={account.currency}
      onSubmit={() => onDone({ effectiveDate })}
      onOtherAgency={() => onProgress({ step: 'assign' })}
    >
      <KeptField
        label={text('transactions.reference')}
        value={progress.reference}
        onChange={(reference) => onProgress({ reference })}
        lengthMax={200}
      />
      <AmountField
        label={text('transactions.amount')}
        typed={asTyped(0, currency)}
        currency={currency}
        onChange={() => undefined}
        hint={text('referring.zero')}
        disabled
      />
      <DayField
        label={text('transactions.effectiveDate')}
        required
        day={effectiveDate}
        max={today}
        onChange={(day) => onProgress({ effectiveDate: day })}
      />
    </StepForm>
  );
}
