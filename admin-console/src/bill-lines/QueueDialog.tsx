import { useState } from 'react';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { useToday } from '../dates/useToday.js';
import { DayField } from '../forms/DayField.js';
import { FormDialog } from '../forms/FormDialog.js';
import { SelectField, type SelectOption } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { useAccountPayers, usePayers } from '../payers/usePayers.js';
import type { BillLine } from './billLine.js';

/** Queues what is open of a line to another payer, or what was written off of it to an agency (LED-23, LED-41). */
export function QueueDialog({ account, line, onClose }: { account: AccountCard; line: BillLine; onClose: () => void }) {
  const text = useText();
  const today = useToday()?.([account.officeCode]);
  const { payers } = usePayers();
  const { data: assigned } = useAccountPayers(account.id);
  const [payerCode, setPayerCode] = useState('');
  const [responsibilityDate, setResponsibilityDate] = useState('');
  const command = useLedgerCommand(account.id);
  const selfCode = payers.find(({ type }) => type === 'self')?.code;
  const own = selfCode ? [{ value: selfCode, label: text('payers.self') }] : [];
  const options = [...own, ...(assigned?.rows ?? []).filter(active).map(optionOf)].filter(
    ({ value }) => value !== line.payerCode,
  );
  return (
    <FormDialog
      title={text('lines.queueTitle')}
      intro={
        line.openAmount > 0 ? (
          <>
            {text('lines.queueIntro')} <Amount amount={line.openAmount} currency={line.currency} strong code />
          </>
        ) : (
          text('lines.queueClosed')
        )
      }
      submit={text('lines.queueSubmit')}
      pending={command.isPending}
      ready={payerCode !== ''}
      error={command.error}
      currency={account.currency}
      onSubmit={() =>
        command.mutate(
          {
            path: `bill-lines/${line.id}/queue`,
            body: { payerCode, ...(responsibilityDate ? { responsibilityDate } : {}) },
            done: text('lines.queued'),
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <SelectField
        label={text('payers.payer')}
        field="payerCode"
        value={payerCode}
        options={options}
        onChange={setPayerCode}
        required
        hint={text('lines.queuePayerHint')}
      />
      <DayField
        label={text('lines.responsibilityDate')}
        field="responsibilityDate"
        day={responsibilityDate || (today ?? '')}
        max={today}
        onChange={setResponsibilityDate}
      />
    </FormDialog>
  );
}

function active(payer: { active: boolean }): boolean {
  return payer.active;
}

function optionOf({ payerCode, payerName }: { payerCode: string; payerName: string }): SelectOption {
  return { value: payerCode, label: payerName };
}
