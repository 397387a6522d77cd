import { useState } from 'react';
import type { AccountCard, LedgerTransaction } from '../accounts/accountTypes.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { FormDialog } from '../forms/FormDialog.js';
import { KeptField } from '../forms/KeptField.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';

interface ReverseDialogProps {
  account: AccountCard;
  transaction: LedgerTransaction;
  /** The name of its type. */
  name: string;
  onClose: () => void;
}

/** Reverses a transaction by one that names it, effective today (LED-1). */
export function ReverseDialog({ account, transaction, name, onClose }: ReverseDialogProps) {
  const text = useText();
  const locale = useLocale();
  const [reason, setReason] = useState('');
  const command = useLedgerCommand(account.id);
  return (
    <FormDialog
      title={text('transactions.reverseTitle')}
      intro={text('transactions.reverseIntro', { name, amount: formatMoney(transaction, locale) })}
      submit={text('transactions.reverse')}
      pending={command.isPending}
      ready={reason.trim() !== ''}
      error={command.error}
      currency={account.currency}
      onSubmit={() =>
        command.mutate(
          {
            path: `transactions/${transaction.id}/reverse`,
            body: { reason: reason.trim() },
            done: text('transactions.reversed'),
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <KeptField
        label={text('writeOffs.reason')}
        field="reason"
        required
        autoFocus
        value={reason}
        onChange={setReason}
        lengthMax={500}
      />
    </FormDialog>
  );
}
