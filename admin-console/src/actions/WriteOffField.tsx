import { MenuItem, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { fetchList } from '../api/fetchList.js';
import { useText } from '../i18n/useText.js';

interface TransactionType {
  id: string;
  code: string;
  name: string;
  kind: string;
  active: boolean;
}

const typesMax = 200;

/** The type of the write-off; Coupon unless chosen otherwise (BLK-15). */
export function WriteOffField({ code, onChange }: { code: string; onChange: (code: string) => void }) {
  const text = useText();
  const { data } = useQuery({
    queryKey: ['transaction-types', 'write-off'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const request = { filter: { kind: 'write-off' }, range: [0, typesMax - 1] as const };
      const { rows } = await fetchList<TransactionType>('/api/ledger/transaction-types', request, { signal });
      return rows.filter(({ active }) => active !== false);
    },
  });
  const types = data ?? [];
  const known = types.some((type) => type.code === code);
  return (
    <TextField
      select
      fullWidth
      label={text('actions.writeOffType')}
      value={code}
      onChange={({ target }) => onChange(target.value)}
      helperText={text('actions.writeOffHint')}
      sx={{ mt: 0.75 }}
    >
      {!known && <MenuItem value={code}>{text('actions.coupon')}</MenuItem>}
      {types.map((type) => (
        <MenuItem key={type.code} value={type.code}>
          {type.name}
        </MenuItem>
      ))}
    </TextField>
  );
}
