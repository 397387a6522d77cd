import { useState } from 'react';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { FormDialog } from '../forms/FormDialog.js';
import { SelectField } from '../forms/SelectField.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import { useHeld } from '../payers/useHeld.js';

/** Makes out an invoice to a payer from the bill lines queued to it that stand on none yet (LED-24). */
export function PayerInvoiceDialog({ account, onClose }: { account: AccountCard; onClose: () => void }) {
  const text = useText();
  const locale = useLocale();
  const query = useHeld(account.id);
  const { data: held } = query;
  const [chosen, setChosen] = useState('');
  const command = useLedgerCommand<{ number: string }>(account.id);
  const waiting = (held ?? []).filter(({ uninvoiced }) => uninvoiced > 0);
  const payerCode = chosen || (waiting.length === 1 ? (waiting[0]?.payerCode ?? '') : '');
  return (
    <FormDialog
      title={text('payerInvoices.create')}
      intro={held && text(waiting.length === 0 ? 'payerInvoices.nothing' : 'payerInvoices.intro')}
      submit={text('payerInvoices.create')}
      pending={command.isPending}
      ready={payerCode !== ''}
      {...(waiting.length === 0 ? { lacking: '' } : {})}
      error={command.error}
      currency={account.currency}
      onSubmit={() =>
        command.mutate(
          {
            path: 'payer-invoices',
            body: { accountId: account.id, payerCode },
            done: text('payerInvoices.created'),
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <PartTrouble query={query} />
      {waiting.length > 0 && (
        <SelectField
          label={text('payers.payer')}
          field="payerCode"
          value={payerCode}
          options={waiting.map(({ payerCode: code, payerName, uninvoiced: amount }) => ({
            value: code,
            label: text('payerInvoices.option', {
              payer: payerName,
              amount: formatMoney({ amount, currency: account.currency }, locale),
            }),
          }))}
          onChange={setChosen}
          required
        />
      )}
    </FormDialog>
  );
}
