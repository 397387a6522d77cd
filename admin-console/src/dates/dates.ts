/** Business dates are `YYYY-MM-DD`, days without a zone; instants are ISO 8601 in UTC. */
const datePattern = /^\d{4}-\d{2}-\d{2}$/;

export function isBusinessDate(text: string | null | undefined): text is string {
  if (!text || !datePattern.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** "30 Jun 2013" in the order of the locale. */
export function formatDate(date: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${date}T00:00:00Z`));
}

/** An instant in the reader's zone, to the minute. */
export function formatInstant(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
}

/** The day that it is in a time zone. */
function dayIn(timeZone: string, instant: Date): string {
  // Swedish writes dates as YYYY-MM-DD.
  return new Intl.DateTimeFormat('sv', { timeZone }).format(instant);
}

/** The latest day that has begun in all of the time zones; UTC's without any. */
export function dayEverywhere(instant: Date, timeZones: readonly string[]): string {
  const zones = timeZones.length === 0 ? ['UTC'] : [...new Set(timeZones)];
  return zones.map((timeZone) => dayIn(timeZone, instant)).toSorted()[0] ?? '';
}

/** Names of the offices where a later day than `today` has begun. */
export function officesAhead(
  instant: Date,
  today: string,
  offices: readonly { name: string; timeZone: string }[],
): string[] {
  return offices.filter(({ timeZone }) => dayIn(timeZone, instant) > today).map(({ name }) => name);
}

/** The day so many days later (or earlier, when negative). */
export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** How many days the second day is after the first; negative when it is before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The last day of the month before the one that the date is in. */
export function endOfPreviousMonth(date: string): string {
  return addDays(`${date.slice(0, 8)}01`, -1);
}

/** The length of a run, short: "45 s", "3 min 5 s", "2 h 4 min". */
export function formatDuration(milliseconds: number, locale: string): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  if (seconds < 60) return unit(seconds, 'second');
  if (seconds < 3600) return `${unit(Math.floor(seconds / 60), 'minute')} ${unit(seconds % 60, 'second')}`;
  return `${unit(Math.floor(seconds / 3600), 'hour')} ${unit(Math.floor((seconds % 3600) / 60), 'minute')}`;
}
