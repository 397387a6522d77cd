import type { BillLine } from '../bill-lines/billLine.js';
import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';

interface PayerOfPaymentProps {
  open: readonly BillLine[];
  payerCode: string;
  selfCode: string;
  onChange: (payerCode: string) => void;
}

/** Who pays: the account, or a payer that holds something of it. */
export function PayerOfPayment({ open, payerCode, selfCode, onChange }: PayerOfPaymentProps) {
  const text = useText();
  const names = new Map(open.map((line) => [line.payerCode, line.payerName]));
  const holders = [...names].filter(([code]) => code !== selfCode).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return (
    <SelectField
      label={text('payments.paidBy')}
      field="payerCode"
      value={payerCode}
      options={[
        { value: selfCode, label: text('payers.self') },
        ...holders.map(([value, label]) => ({ value, label })),
      ]}
      onChange={onChange}
      hint={text(payerCode === selfCode ? 'payments.selfHint' : 'payments.payerHint')}
    />
  );
}
