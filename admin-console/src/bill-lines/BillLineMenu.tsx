import ExpandMore from '@mui/icons-material/ExpandMore';
import { Button, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import type { Action, Resource } from '@recoup/service-kit/identity/permissions';
import { useMay } from '../api/identity.js';
import { useText } from '../i18n/useText.js';
import type { BillLine } from './billLine.js';

export type BillLineAction = 'payment' | 'queue' | 'write-off' | 'adjustment';

interface Beginning {
  key: BillLineAction;
  /** The cell of the role table without which it is not offered. */
  needs: readonly [Resource, Action];
  /** Whether this line allows it. A line of Self on which nothing is open may still be queued: what was written off of it. */
  allowed: (line: Pick<BillLine, 'openAmount' | 'payerType'>) => boolean;
}

const actions: readonly Beginning[] = [
  { key: 'payment', needs: ['payments', 'create'], allowed: ({ openAmount }) => openAmount > 0 },
  {
    key: 'queue',
    needs: ['bill-lines', 'run'],
    allowed: ({ openAmount, payerType }) => openAmount > 0 || payerType === 'self',
  },
  { key: 'write-off', needs: ['transactions', 'create'], allowed: isOwn },
  { key: 'adjustment', needs: ['transactions', 'create'], allowed: isOwn },
];

/** Only what the account itself owes is written off. */
function isOwn({ openAmount, payerType }: Pick<BillLine, 'openAmount' | 'payerType'>): boolean {
  return openAmount > 0 && payerType === 'self';
}

interface BillLineMenuProps {
  line: BillLine;
  onAction: (action: BillLineAction, line: BillLine) => void;
}

/** "New" on a bill line: a payment, another payer, a write-off, an adjustment; only what the role and the line allow. */
export function BillLineMenu({ line, onAction }: BillLineMenuProps) {
  const text = useText();
  const may = useMay();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const offered = actions.filter(({ needs, allowed }) => may(...needs) && allowed(line));
  if (offered.length === 0) return null;
  return (
    <>
      <Button
        size="small"
        endIcon={<ExpandMore />}
        aria-haspopup="menu"
        aria-label={text('lines.newOf', { payer: line.payerName })}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ minHeight: 28, py: 0 }}
      >
        {text('lines.new')}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {offered.map(({ key }) => (
          <MenuItem
            key={key}
            onClick={() => {
              setAnchor(null);
              onAction(key, line);
            }}
          >
            {text(`lines.begin.${key}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
