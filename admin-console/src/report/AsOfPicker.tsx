import CalendarMonthOutlined from '@mui/icons-material/CalendarMonthOutlined';
import ExpandMore from '@mui/icons-material/ExpandMore';
import { Box, Button, Popover, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { addDays, endOfPreviousMonth, formatDate, isBusinessDate } from '../dates/dates.js';
import { OfficesAhead } from '../dates/OfficesAhead.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';

interface AsOfPickerProps {
  asOf: string;
  today: string;
  officeCodes: readonly string[] | undefined;
  onChange: (asOf: string) => void;
}

/** The report's date: every balance is shown as it stood at the end of that day. Never a day to come (REP-1). */
export function AsOfPicker({ asOf, today, officeCodes, onChange }: AsOfPickerProps) {
  const text = useText();
  const locale = useLocale();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const lastMonthEnd = endOfPreviousMonth(today);
  const shortcuts = [
    { key: 'today', date: today },
    { key: 'yesterday', date: addDays(today, -1) },
    { key: 'lastMonth', date: lastMonthEnd },
    { key: 'monthBefore', date: endOfPreviousMonth(lastMonthEnd) },
  ];
  const choose = (date: string) => {
    onChange(date);
    setAnchor(null);
  };
  return (
    <>
      <Button
        variant="outlined"
        size="large"
        startIcon={<CalendarMonthOutlined />}
        endIcon={<ExpandMore />}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ fontSize: '1rem', fontWeight: 650, bgcolor: 'background.paper', color: 'text.primary', minHeight: 42 }}
      >
        {text('report.asOf', { date: formatDate(asOf, locale) })}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{
          paper: {
            sx: { mt: 0.75, p: 2, width: 320, border: 1, borderColor: 'divider' },
            role: 'dialog',
            'aria-label': text('report.asOfTitle'),
          },
        }}
      >
        <TextField
          type="date"
          label={text('report.asOfTitle')}
          defaultValue={asOf}
          fullWidth
          autoFocus
          slotProps={{ htmlInput: { max: today }, inputLabel: { shrink: true } }}
          onChange={({ target }) =>
            isBusinessDate(target.value) &&
            target.value <= today &&
            target.value >= '1900-01-01' &&
            onChange(target.value)
          }
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            // Closing hands the focus back to the button, which the same key would press at once.
            event.preventDefault();
            setAnchor(null);
          }}
        />
        <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 0.75, my: 1.5 }}>
          {shortcuts.map(({ key, date }) => (
            <Button
              key={key}
              size="small"
              variant={date === asOf ? 'contained' : 'outlined'}
              onClick={() => choose(date)}
            >
              {text(`report.asOfShortcuts.${key}`)}
            </Button>
          ))}
        </Box>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {text('report.asOfNote')}
        </Typography>
        <OfficesAhead today={today} officeCodes={officeCodes} />
      </Popover>
    </>
  );
}
