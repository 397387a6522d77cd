import { Typography } from '@mui/material';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatDate } from './dates.js';
import { useOfficesAhead } from './useToday.js';

interface OfficesAheadProps {
  /** The last day that the report can be of. */
  today: string;
  officeCodes: readonly string[] | undefined;
}

/** Where a day has begun that the report can't show yet, since not all of its offices are in it; nothing where there is none. */
export function OfficesAhead({ today, officeCodes }: OfficesAheadProps) {
  const text = useText();
  const locale = useLocale();
  const ahead = useOfficesAhead(today, officeCodes);
  const [first] = ahead;
  if (first === undefined) return null;
  const offices = new Intl.ListFormat(locale).format(ahead.map(({ name }) => name));
  return (
    <Typography variant="body2" sx={{ color: 'text.secondary', mt: 1.5 }}>
      {text('days.officesAhead', { offices, day: formatDate(first.day, locale), today: formatDate(today, locale) })}
    </Typography>
  );
}
