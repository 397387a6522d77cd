import type { AccountCard } from '../accounts/accountTypes.js';
import { PaymentDialog } from '../payments/PaymentDialog.js';
import { CloseDialog } from '../write-offs/CloseDialog.js';
import type { BillLineAction } from './BillLineMenu.js';
import { QueueDialog } from './QueueDialog.js';
import type { BillLine } from './billLine.js';

interface BillLineDialogProps {
  action: BillLineAction;
  line: BillLine;
  account: AccountCard;
  onClose: () => void;
}

/** The window of what was begun on a bill line. */
export function BillLineDialog({ action, line, account, onClose }: BillLineDialogProps) {
  switch (action) {
    case 'payment':
      return <PaymentDialog account={account} line={line} onClose={onClose} />;
    case 'queue':
      return <QueueDialog account={account} line={line} onClose={onClose} />;
    case 'write-off':
    case 'adjustment':
      return (
        <CloseDialog
          account={account}
          kind={action}
          target={{ billLineId: line.id }}
          name={line.invoiceNumber}
          openAmount={line.openAmount}
          onClose={onClose}
        />
      );
  }
}
