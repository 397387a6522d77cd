import { useNotify } from 'react-admin';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { FormDialog } from '../forms/FormDialog.js';
import { useText } from '../i18n/useText.js';
import type { Freeze, RolledBackFreeze } from './subscription.js';

interface RollBackDialogProps {
  account: AccountCard;
  freeze: Freeze;
  onClose: () => void;
}

/** Sets account and subscriptions back to what they were before the freeze, where nothing changed since (LED-52). */
export function RollBackDialog({ account, freeze, onClose }: RollBackDialogProps) {
  const text = useText();
  const notify = useNotify();
  const command = useLedgerCommand<RolledBackFreeze>(account.id);
  const done = ({ leftAlone }: RolledBackFreeze) => {
    const numbers = leftAlone.map(({ number }) => number).join(', ');
    notify(numbers ? text('freezes.leftAlone', { numbers }) : text('freezes.rolledBack'), {
      type: numbers ? 'warning' : 'success',
    });
    onClose();
  };
  return (
    <FormDialog
      title={text('freezes.rollBackTitle')}
      intro={text('freezes.rollBackIntro')}
      submit={text('freezes.rollBack')}
      pending={command.isPending}
      error={command.error}
      onSubmit={() => command.mutate({ path: `freezes/${freeze.id}/roll-back`, body: {} }, { onSuccess: done })}
      onClose={onClose}
    />
  );
}
