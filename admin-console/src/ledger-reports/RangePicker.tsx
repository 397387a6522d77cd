import DateRangeOutlined from '@mui/icons-material/DateRangeOutlined';
import { Box, Button, TextField } from '@mui/material';
import { formatDate, isBusinessDate } from '../dates/dates.js';
import { DaysPopover } from '../dates/DaysPopover.js';
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
  const change = (next: DayRange) => {
    if ([next.from, next.to].every(isBusinessDate) && next.from <= next.to && next.to <= today) onChange(next);
  };
  return (
    <DaysPopover
      label={text('ledgerReports.range', { from: formatDate(range.from, locale), to: formatDate(range.to, locale) })}
      title={text('ledgerReports.rangeTitle')}
      icon={<DateRangeOutlined />}
      width={340}
    >
      {({ close, closeOnEnter }) => (
        <>
          <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.25 }}>
            {(['from', 'to'] as const).map((end) => (
              <TextField
                key={end}
                type="date"
                label={text(`ledgerReports.${end}`)}
                defaultValue={range[end]}
                autoFocus={end === 'from'}
                onChange={({ target }) => change({ ...range, [end]: target.value })}
                onKeyDown={closeOnEnter}
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
                onClick={() => {
                  onChange(shortcut);
                  close();
                }}
              >
                {text(`ledgerReports.shortcuts.${key}`)}
              </Button>
            ))}
          </Box>
          <OfficesAhead today={today} officeCodes={officeCodes} />
        </>
      )}
    </DaysPopover>
  );
}
