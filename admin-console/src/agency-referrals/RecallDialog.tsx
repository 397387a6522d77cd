import { useState } from 'react';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { FormDialog } from '../forms/FormDialog.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import { useHeld } from '../payers/useHeld.js';
import { AgencyField } from './AgencyField.js';

/** Takes back what an agency has not collected: the account owes it again (LED-42). */
export function RecallDialog({ account, onClose }: { account: AccountCard; onClose: () => void }) {
  const text = useText();
  const locale = useLocale();
  const query = useHeld(account.id);
  const [chosen, setChosen] = useState('');
  const command = useLedgerCommand(account.id);
  const held = (query.data ?? []).filter(({ payerType }) => payerType === 'generic');
  const holders = held.map(({ payerCode }) => payerCode);
  const payerCode = chosen || (holders.length === 1 ? (holders[0] ?? '') : '');
  const amount = held.find((each) => each.payerCode === payerCode)?.amount ?? 0;
  return (
    <FormDialog
      title={text('referring.recallTitle')}
      intro={
        query.data &&
        text(held.length === 0 ? 'referring.nothingHeld' : 'referring.recallIntro', {
          amount: formatMoney({ amount, currency: account.currency }, locale),
        })
      }
      submit={text('referring.recall')}
      pending={command.isPending}
      ready={payerCode !== '' && amount > 0}
      {...(held.length === 0 ? { lacking: '' } : {})}
      error={command.error}
      currency={account.currency}
      onSubmit={() =>
        command.mutate(
          {
            path: 'agency-referrals/recall',
            body: { accountId: account.id, payerCode },
            done: text('referring.recalled'),
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <PartTrouble query={query} />
      {held.length > 0 && <AgencyField value={payerCode} onChange={setChosen} among={holders} />}
    </FormDialog>
  );
}
