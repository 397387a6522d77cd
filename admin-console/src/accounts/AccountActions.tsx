import ExpandMore from '@mui/icons-material/ExpandMore';
import { Button, ListItemText, Menu, MenuItem } from '@mui/material';
import { ineligible, type EligibilityAction } from '@recoup/contracts/eligibility';
import type { Action, Resource } from '@recoup/service-kit/identity/permissions';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { RecallDialog } from '../agency-referrals/RecallDialog.js';
import { ReferDialog } from '../agency-referrals/ReferDialog.js';
import { useMay } from '../api/identity.js';
import { EraseDialog } from '../erasures/EraseDialog.js';
import { useText } from '../i18n/useText.js';
import { PayerInvoiceDialog } from '../payer-invoices/PayerInvoiceDialog.js';
import type { Held } from '../payers/held.js';
import { useHeld } from '../payers/useHeld.js';
import { PaymentDialog } from '../payments/PaymentDialog.js';
import { CloseDialog } from '../write-offs/CloseDialog.js';
import type { AccountCard } from './accountTypes.js';

type AccountAction =
  'payment' | 'refer' | 'refer-steps' | 'recall' | 'payer-invoice' | 'write-off' | 'adjustment' | 'erase';

interface Offer {
  key: AccountAction;
  needs: readonly [Resource, Action];
  /** The row of the contracts' table that says for which status of the account it may be done. */
  judged?: EligibilityAction;
  /** Whether there is something of what others hold to do it to, and what is said where there is not. */
  of?: { some: (held: Held) => boolean; otherwise: string };
}

/** What can be done to the whole account, with the cell of the role table that each needs (CON-16). */
const actions: readonly Offer[] = [
  { key: 'payment', needs: ['payments', 'create'] },
  { key: 'refer', needs: ['agency-referrals', 'create'], judged: 'refer' },
  { key: 'refer-steps', needs: ['agency-referrals', 'create'], judged: 'refer' },
  {
    key: 'recall',
    needs: ['agency-referrals', 'run'],
    of: { some: ({ payerType }) => payerType === 'generic', otherwise: 'referring.nothingHeld' },
  },
  {
    key: 'payer-invoice',
    needs: ['payer-invoices', 'create'],
    of: { some: ({ uninvoiced }) => uninvoiced > 0, otherwise: 'payerInvoices.nothing' },
  },
  { key: 'write-off', needs: ['transactions', 'create'], judged: 'write-off' },
  { key: 'adjustment', needs: ['transactions', 'create'], judged: 'write-off' },
  { key: 'erase', needs: ['erasures', 'create'] },
];

/** The menu of the account's page: payments, agency, write-offs; only what this role may do. */
export function AccountActions({ account }: { account: AccountCard }) {
  const text = useText();
  const may = useMay();
  const navigate = useNavigate();
  const whyNot = useWhyNot(account);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [begun, setBegun] = useState<AccountAction>();
  const offered = actions.filter(({ key, needs }) => may(...needs) && !(key === 'erase' && account.erasedAt));
  const choose = (key: AccountAction) => {
    setAnchor(null);
    if (key === 'refer-steps') void navigate(`/accounts/${account.id}/refer`);
    else setBegun(key);
  };
  if (offered.length === 0) return null;
  return (
    <>
      <Button
        variant="contained"
        endIcon={<ExpandMore />}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {text('actions.menu')}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {offered.map((offer) => {
          const reason = whyNot(offer);
          return (
            <MenuItem key={offer.key} disabled={reason !== undefined} onClick={() => choose(offer.key)}>
              <ListItemText primary={text(`accounts.begin.${offer.key}`)} secondary={reason} />
            </MenuItem>
          );
        })}
      </Menu>
      {begun && <Begun action={begun} account={account} onClose={() => setBegun(undefined)} />}
    </>
  );
}

/** Why an action can't be taken just now, in words; until it is known what others hold, nothing stands in its way. */
function useWhyNot(account: AccountCard): (offer: Offer) => string | undefined {
  const text = useText();
  const { data: held } = useHeld(account.id);
  return ({ judged, of }) => {
    const reason = judged ? ineligible(judged, account.accountStatus) : null;
    if (reason !== null) return text(`reasons.${reason}`);
    return of && held && !held.some(of.some) ? text(of.otherwise) : undefined;
  };
}

interface BegunProps {
  action: AccountAction;
  account: AccountCard;
  onClose: () => void;
}

function Begun({ action, account, onClose }: BegunProps) {
  switch (action) {
    case 'payment':
      return <PaymentDialog account={account} onClose={onClose} />;
    case 'refer':
      return <ReferDialog account={account} onClose={onClose} />;
    case 'recall':
      return <RecallDialog account={account} onClose={onClose} />;
    case 'payer-invoice':
      return <PayerInvoiceDialog account={account} onClose={onClose} />;
    case 'write-off':
    case 'adjustment':
      return (
        <CloseDialog
          account={account}
          kind={action}
          target={{ accountId: account.id }}
          name={account.accountNumber}
          openAmount={account.balance}
          onClose={onClose}
        />
      );
    case 'erase':
      return <EraseDialog account={account} onClose={onClose} />;
    case 'refer-steps':
      return null;
  }
}
