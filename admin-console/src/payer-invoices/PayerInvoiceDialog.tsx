import { useState } from 'react';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { openOf } from '../bill-lines/billLine.js';
import { useOpenLines } from '../bill-lines/useLines.js';
import { FormDialog } from '../forms/FormDialog.js';
import { SelectField } from '../forms/SelectField.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';

/** Makes out an invoice to a payer from the bill lines queued to it that stand on none yet (LED-24). */
export function PayerInvoiceDialog({ account, onClose }: { account: AccountCard; onClose: () => void }) {
  const text = useText();
  const locale = useLocale();
  const { data: open } = useOpenLines(account.id);
  const [chosen, setChosen] = useState('');
  const command = useLedgerCommand<{ number: string }>(account.id);
  const billable = (open ?? []).filter((line) => line.payerType !== 'self' && line.payerInvoiceId === null);
  const byPayer = [...Map.groupBy(billable, ({ payerCode }) => payerCode)];
  const payerCode = chosen || (byPayer.length === 1 ? (byPayer[0]?.[0] ?? '') : '');
  return (
    <FormDialog
      title={text('payerInvoices.create')}
      intro={text(open && byPayer.length === 0 ? 'payerInvoices.nothing' : 'payerInvoices.intro')}
      submit={text('payerInvoices.create')}
      pending={command.isPending}
      ready={payerCode !== ''}
      {...(byPayer.length === 0 ? { lacking: '' } : {})}
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
      {byPayer.length > 0 && (
        <SelectField
          label={text('payers.payer')}
          field="payerCode"
          value={payerCode}
          options={byPayer.map(([code, lines]) => ({
            value: code,
            label: text('payerInvoices.option', {
              payer: lines[0]?.payerName ?? code,
              amount: formatMoney({ amount: openOf(lines), currency: account.currency }, locale),
            }),
          }))}
          onChange={setChosen}
          required
        />
      )}
    </FormDialog>
  );
}
