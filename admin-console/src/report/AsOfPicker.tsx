import CalendarMonthOutlined from '@mui/icons-material/CalendarMonthOutlined';
import { Box, Button, TextField, Typography } from '@mui/material';
import { firstDay } from '../dates/askedDay.js';
import { addDays, endOfPreviousMonth, formatDate, isBusinessDate } from '../dates/dates.js';
import { DaysPopover } from '../dates/DaysPopover.js';
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
  const lastMonthEnd = endOfPreviousMonth(today);
  const shortcuts = [
    { key: 'today', date: today },
    { key: 'yesterday', date: addDays(today, -1) },
    { key: 'lastMonth', date: lastMonthEnd },
    { key: 'monthBefore', date: endOfPreviousMonth(lastMonthEnd) },
  ];
  const change = (date: string) => {
    if (isBusinessDate(date) && date >= firstDay && date <= today) onChange(date);
  };
  return (
    <DaysPopover
      label={text('report.asOf', { date: formatDate(asOf, locale) })}
      title={text('report.asOfTitle')}
      icon={<CalendarMonthOutlined />}
      width={320}
    >
      {({ close, closeOnEnter }) => (
        <>
          <TextField
            type="date"
            label={text('report.asOfTitle')}
            defaultValue={asOf}
            fullWidth
            autoFocus
            slotProps={{ htmlInput: { max: today }, inputLabel: { shrink: true } }}
            onChange={({ target }) => change(target.value)}
            onKeyDown={closeOnEnter}
          />
          <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 0.75, my: 1.5 }}>
            {shortcuts.map(({ key, date }) => (
              <Button
                key={key}
                size="small"
                variant={date === asOf ? 'contained' : 'outlined'}
                onClick={() => {
                  onChange(date);
                  close();
                }}
              >
                {text(`report.asOfShortcuts.${key}`)}
              </Button>
            ))}
          </Box>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {text('report.asOfNote')}
          </Typography>
          <OfficesAhead today={today} officeCodes={officeCodes} />
        </>
      )}
    </DaysPopover>
  );
}
