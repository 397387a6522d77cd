import SearchIcon from '@mui/icons-material/Search';
import { InputAdornment, TextField } from '@mui/material';
import { useEffect, useState } from 'react';
import { useText } from '../i18n/useText.js';
import { useDelayed } from '../layout/useDelayed.js';

/** Narrows the report by number or name while one types. */
export function ReportSearch({ q, onChange }: { q: string; onChange: (q: string | undefined) => void }) {
  const text = useText();
  const [typed, setTyped] = useState(q);
  const settled = useDelayed(typed, 350);
  useEffect(() => setTyped(q), [q]);
  useEffect(() => {
    if (settled === typed && settled.trim() !== q) onChange(settled.trim() || undefined);
    // Only what was typed counts here: a filter cleared elsewhere arrives by the effect above.
  }, [settled]);
  return (
    <TextField
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      placeholder={text('report.search')}
      type="search"
      sx={{ width: { xs: '100%', sm: 250 } }}
      slotProps={{
        htmlInput: { 'data-search': '', 'aria-label': text('report.search'), maxLength: 100 },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
        },
      }}
    />
  );
}
