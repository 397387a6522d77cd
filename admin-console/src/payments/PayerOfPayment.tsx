import type { BillLine } from '../bill-lines/billLine.js';
import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { usePayers } from '../payers/usePayers.js';

interface PayerOfPaymentProps {
  open: readonly BillLine[];
  payerCode: string;
  selfCode: string;
  onChange: (payerCode: string) => void;
}

/** Who pays: the account, or a payer that holds something of it. */
export function PayerOfPayment({ open, payerCode, selfCode, onChange }: PayerOfPaymentProps) {
  const text = useText();
  const { nameOf } = usePayers();
  const holders = [...new Set(open.map((line) => line.payerCode))].filter((code) => code !== selfCode);
  const codes = [selfCode, ...holders.toSorted()];
  return (
    <SelectField
      label={text('payments.paidBy')}
      field="payerCode"
      value={payerCode}
      options={codes.map((code) => ({
        value: code,
        label: code === selfCode ? text('payers.self') : nameOf(code),
      }))}
      onChange={onChange}
      hint={text(payerCode === selfCode ? 'payments.selfHint' : 'payments.payerHint')}
    />
  );
}
