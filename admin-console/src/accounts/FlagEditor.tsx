import EditOutlined from '@mui/icons-material/EditOutlined';
import { Checkbox, FormControlLabel, FormGroup, IconButton, Popover, Typography } from '@mui/material';
import { useState } from 'react';
import { useMay } from '../api/identity.js';
import { useFlags } from '../flags/useFlags.js';
import { useText } from '../i18n/useText.js';
import type { AccountCard } from './accountTypes.js';
import { useAccountChange } from './useAccountChange.js';

/** Gives flags to an account and takes them; an inactive one can only be taken (COL-2). */
export function FlagEditor({ account }: { account: AccountCard }) {
  const text = useText();
  const may = useMay();
  const { flags } = useFlags();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const change = useAccountChange<{ add: string[]; remove: string[] }>(account.id, 'flags', text('accounts.flagsSet'));
  const held = new Set(account.flags.map(({ code }) => code));
  const offered = flags.filter(({ active, code }) => active || held.has(code));
  if (!may('account-flags', 'edit')) return null;
  return (
    <>
      <IconButton
        size="small"
        aria-label={text('accounts.editFlags')}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <EditOutlined fontSize="small" />
      </IconButton>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{
          paper: {
            sx: { p: 2, minWidth: 220, border: 1, borderColor: 'divider' },
            role: 'dialog',
            'aria-label': text('accounts.editFlags'),
          },
        }}
      >
        {offered.length === 0 && <Typography variant="body2">{text('flags.noneYet')}</Typography>}
        <FormGroup>
          {offered.map(({ code, name, active }) => (
            <FormControlLabel
              key={code}
              label={active ? name : text('flags.inactiveName', { name })}
              control={
                <Checkbox
                  size="small"
                  sx={{ py: 0.5 }}
                  checked={held.has(code)}
                  disabled={change.isPending}
                  onChange={(_, given) => change.mutate({ add: given ? [code] : [], remove: given ? [] : [code] })}
                />
              }
            />
          ))}
        </FormGroup>
      </Popover>
    </>
  );
}
