import { useState } from 'react';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { useToday } from '../dates/useToday.js';
import { AmountField } from '../forms/AmountField.js';
import { DayField } from '../forms/DayField.js';
import { FormDialog } from '../forms/FormDialog.js';
import { KeptField } from '../forms/KeptField.js';
import { SelectField, type SelectOption } from '../forms/SelectField.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import { asTyped, readTyped } from '../money/typedAmount.js';
import { useTransactionTypes, type TransactionType } from '../transactions/useTransactionTypes.js';

/** What is lowered: an account, an invoice or a bill line, and what is open of it. */
export interface CloseTarget {
  target: { accountId: string } | { invoiceId: string } | { billLineId: string };
  /** In words: the invoice's number, or the account's. */
  name: string;
  openAmount: number;
}

interface CloseDialogProps extends CloseTarget {
  account: AccountCard;
  kind: 'write-off' | 'adjustment';
  onClose: () => void;
}

function optionOf({ code, name }: TransactionType): SelectOption {
  return { value: code, label: name };
}

const of = {
  'write-off': { path: 'write-offs', first: 'coupon' },
  adjustment: { path: 'adjustments', first: 'EXCOL' },
} as const;

/** Writes off, or adjusts, all or a part of what is open (LED-32, LED-40). */
export function CloseDialog({ account, kind, target, name, openAmount, onClose }: CloseDialogProps) {
  const text = useText();
  const locale = useLocale();
  const today = useToday()?.([account.officeCode]);
  const { currency } = account;
  const { ofKind } = useTransactionTypes();
  const [typed, setTyped] = useState(asTyped(openAmount, currency));
  const [typeCode, setTypeCode] = useState<string>(of[kind].first);
  const [day, setDay] = useState('');
  const [reason, setReason] = useState('');
  const command = useLedgerCommand(account.id);
  const amount = readTyped(typed, currency);
  const above = amount !== undefined && amount > openAmount;
  const open = formatMoney({ amount: openAmount, currency }, locale);
  return (
    <FormDialog
      title={text(`writeOffs.titles.${kind}`)}
      intro={text('writeOffs.openOf', { name, open })}
      submit={text(`writeOffs.submit.${kind}`)}
      pending={command.isPending}
      ready={amount !== undefined && amount > 0 && !above}
      {...(openAmount === 0 ? { lacking: text('writeOffs.nothingOpen') } : {})}
      error={command.error}
      currency={currency}
      onSubmit={() =>
        command.mutate(
          {
            path: of[kind].path,
            body: {
              ...target,
              amount,
              transactionTypeCode: typeCode,
              ...(day ? { effectiveDate: day } : {}),
              ...(reason.trim() ? { reason: reason.trim() } : {}),
            },
            done: text(`writeOffs.done.${kind}`),
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <SelectField
        label={text('transactions.type')}
        field="transactionTypeCode"
        value={typeCode}
        options={ofKind(kind).map(optionOf)}
        onChange={setTypeCode}
        required
      />
      <AmountField
        label={text('transactions.amount')}
        field="amount"
        typed={typed}
        currency={currency}
        onChange={setTyped}
        problem={above ? text('payments.aboveOpen', { open }) : undefined}
        required
        autoFocus
      />
      <DayField
        label={text('transactions.effectiveDate')}
        field="effectiveDate"
        day={day || (today ?? '')}
        max={today}
        onChange={setDay}
      />
      <KeptField label={text('writeOffs.reason')} field="reason" value={reason} onChange={setReason} lengthMax={500} />
    </FormDialog>
  );
}
