import TuneOutlined from '@mui/icons-material/TuneOutlined';
import { Badge, Button, Drawer } from '@mui/material';
import { useState } from 'react';
import { useText } from '../i18n/useText.js';
import { FilterPanel } from './FilterPanel.js';
import { activeKeys, type ReportFilter } from './reportFilter.js';

interface FilterButtonProps {
  filter: ReportFilter;
  currencies: readonly string[];
  onApply: (filter: ReportFilter) => void;
}

/** Opens all filters at the side; the number of those set stands on it. */
export function FilterButton({ filter, currencies, onApply }: FilterButtonProps) {
  const text = useText();
  const [open, setOpen] = useState(false);
  const count = activeKeys(filter).filter((key) => !['q', 'bucket', 'stage'].includes(key)).length;
  return (
    <>
      <Badge badgeContent={count === 0 ? null : count} color="primary">
        <Button
          variant="outlined"
          startIcon={<TuneOutlined />}
          onClick={() => setOpen(true)}
          sx={{ bgcolor: 'background.paper' }}
        >
          {text('report.filters')}
        </Button>
      </Badge>
      <Drawer
        anchor="right"
        open={open}
        onClose={() => setOpen(false)}
        sx={{ zIndex: (theme) => theme.zIndex.modal }}
        slotProps={{ paper: { sx: { width: { xs: '100%', sm: 400 } }, 'aria-label': text('report.filters') } }}
      >
        {open && (
          <FilterPanel
            filter={filter}
            currencies={currencies}
            onClose={() => setOpen(false)}
            onApply={(change) => {
              onApply(change);
              setOpen(false);
            }}
          />
        )}
      </Drawer>
    </>
  );
}
