import { Typography } from '@mui/material';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatDate } from './dates.js';
import { useOfficesAhead } from './useToday.js';

const namesMax = 3;

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
  if (ahead.length === 0) return null;
  const more = ahead.length - namesMax;
  const names = ahead.slice(0, namesMax);
  const offices = new Intl.ListFormat(locale).format(
    more > 0 ? [...names, text('days.officesMore', { count: more })] : names,
  );
  return (
    <Typography variant="body2" sx={{ color: 'text.secondary', mt: 1.5 }}>
      {text('days.officesAhead', { offices, today: formatDate(today, locale) })}
    </Typography>
  );
}
