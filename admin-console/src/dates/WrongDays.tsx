import { Alert } from '@mui/material';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { firstDay, type WrongDay } from './askedDay.js';
import { formatDate } from './dates.js';

interface WrongDaysProps {
  wrong: readonly (WrongDay | undefined)[];
  /** What is shown instead, as a person reads it. */
  shown: string;
}

/** That an address asks for days that can't be: which, what would be right, and what is shown in their place. */
export function WrongDays({ wrong, shown }: WrongDaysProps) {
  const text = useText();
  const locale = useLocale();
  return wrong
    .filter((each) => each !== undefined)
    .map(({ field, asked, wrong: fault, latest }) => (
      <Alert key={field} severity="warning" sx={{ mb: 2, overflowWrap: 'anywhere' }}>
        <strong>{text(`days.fields.${field}`)}:</strong> {text(`days.wrong.${fault}`, { asked: shortened(asked) })}{' '}
        {text('days.right', { first: formatDate(firstDay, locale), latest: formatDate(latest, locale) })}{' '}
        {text('days.shown', { shown })}
      </Alert>
    ));
}

const shownMax = 40;

function shortened(asked: string): string {
  return asked.length > shownMax ? `${asked.slice(0, shownMax)}…` : asked;
}
