import MoreVert from '@mui/icons-material/MoreVert';
import { IconButton, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import type { LedgerTransaction } from '../accounts/accountTypes.js';
import { useMay } from '../api/identity.js';
import { useText } from '../i18n/useText.js';
import { takeBacksOf, type TakeBack } from './takeBack.js';

interface TransactionMenuProps {
  transaction: LedgerTransaction;
  name: string;
  onChoose: (takeBack: TakeBack) => void;
}

/** What can still be taken back of a transaction: a payment may be returned by the bank, most others are reversed. */
export function TransactionMenu({ transaction, name, onChoose }: TransactionMenuProps) {
  const text = useText();
  const may = useMay();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const offered = takeBacksOf(transaction).filter((each) =>
    each === 'return' ? may('payments', 'run') : may('transactions', 'run'),
  );
  if (offered.length === 0) return null;
  return (
    <>
      <IconButton
        size="small"
        aria-haspopup="menu"
        aria-label={text('transactions.actionsOf', { name })}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <MoreVert fontSize="small" />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {offered.map((each) => (
          <MenuItem
            key={each}
            onClick={() => {
              setAnchor(null);
              onChoose(each);
            }}
          >
            {text(`transactions.begin.${each}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
