import { Box } from '@mui/material';
import type { ReactNode } from 'react';

interface CardsProps<T> {
  label: string;
  records: readonly T[];
  card: (record: T) => ReactNode;
}

/** A list on a small screen: a record below the other, each as its card shows it. */
export function Cards<T extends { id: string | number }>({ label, records, card }: CardsProps<T>) {
  return (
    <Box component="ul" aria-label={label} sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {records.map((record) => (
        <Box component="li" key={record.id} sx={{ px: 1.5, py: 1.25, borderBottom: 1, borderColor: 'divider' }}>
          {card(record)}
        </Box>
      ))}
    </Box>
  );
}
