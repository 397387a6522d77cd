import DateRangeOutlined from '@mui/icons-material/DateRangeOutlined';
import ExpandMore from '@mui/icons-material/ExpandMore';
import { Box, Button, Popover, TextField } from '@mui/material';
import { useState } from 'react';
import { formatDate, isBusinessDate } from '../dates/dates.js';
import { OfficesAhead } from '../dates/OfficesAhead.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { shortcutRanges, type DayRange } from './dayRange.js';

interface RangePickerProps {
  range: DayRange;
  today: string;
  officeCodes: readonly string[] | undefined;
  onChange: (range: DayRange) => void;
}

/** The days that a report is of, both included; never a day to come. */
export function RangePicker({ range, today, officeCodes, onChange }: RangePickerProps) {
  const text = useText();
  const locale = useLocale();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const choose = (next: DayRange) => {
    onChange(next);
    setAnchor(null);
  };
  const change = (next: DayRange) => {
    if ([next.from, next.to].every(isBusinessDate) && next.from <= next.to && next.to <= today) onChange(next);
  };
  return (
    <>
      <Button
        variant="outlined"
        size="large"
        startIcon={<DateRangeOutlined />}
        endIcon={<ExpandMore />}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ fontSize: '1rem', fontWeight: 650, bgcolor: 'background.paper', color: 'text.primary', minHeight: 42 }}
      >
        {text('ledgerReports.range', { from: formatDate(range.from, locale), to: formatDate(range.to, locale) })}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{
          paper: {
            sx: { mt: 0.75, p: 2, width: 340, border: 1, borderColor: 'divider' },
            role: 'dialog',
            'aria-label': text('ledgerReports.rangeTitle'),
          },
        }}
      >
        <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.25 }}>
          {(['from', 'to'] as const).map((end) => (
            <TextField
              key={end}
              type="date"
              label={text(`ledgerReports.${end}`)}
              defaultValue={range[end]}
              autoFocus={end === 'from'}
              onChange={({ target }) => change({ ...range, [end]: target.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                // Closing hands the focus back to the button, which the same key would press at once.
                event.preventDefault();
                setAnchor(null);
              }}
              slotProps={{ htmlInput: { max: today }, inputLabel: { shrink: true } }}
            />
          ))}
        </Box>
        <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 0.75, mt: 1.5 }}>
          {shortcutRanges(today).map(({ key, ...shortcut }) => (
            <Button
              key={key}
              size="small"
              variant={shortcut.from === range.from && shortcut.to === range.to ? 'contained' : 'outlined'}
              onClick={() => choose(shortcut)}
            >
              {text(`ledgerReports.shortcuts.${key}`)}
            </Button>
          ))}
        </Box>
        <OfficesAhead today={today} officeCodes={officeCodes} />
      </Popover>
    </>
  );
}
