import { readDay, wrongDay, type WrongDay } from '../dates/askedDay.js';
import { endOfPreviousMonth } from '../dates/dates.js';

/** Business dates, both included. */
export interface DayRange {
  from: string;
  to: string;
}

/** Ranges that people ask for again and again, as of today. */
export function shortcutRanges(today: string): (DayRange & { key: string })[] {
  const lastMonthEnd = endOfPreviousMonth(today);
  return [
    { key: 'today', from: today, to: today },
    { key: 'thisMonth', from: `${today.slice(0, 8)}01`, to: today },
    { key: 'lastMonth', from: `${lastMonthEnd.slice(0, 8)}01`, to: lastMonthEnd },
    { key: 'thisYear', from: `${today.slice(0, 5)}01-01`, to: today },
  ];
}

/** The range that an address asks for, as far as it can be read; else this month. */
export function readRange(from: string | undefined, to: string | undefined, today: string): DayRange {
  const end = readDay(to, today) ?? today;
  return { from: readDay(from, end) ?? `${end.slice(0, 8)}01`, to: end };
}

/** What is wrong with the range that an address asks for. */
export function wrongRange(from: string | undefined, to: string | undefined, today: string): WrongDay[] {
  const end = wrongDay('to', to, today);
  const start = wrongDay('from', from, today) ?? (end ? undefined : afterEnd(from, readDay(to, today) ?? today));
  return [start, end].filter((each) => each !== undefined);
}

function afterEnd(from: string | undefined, end: string): WrongDay | undefined {
  return from !== undefined && from > end ? { field: 'from', asked: from, wrong: 'afterEnd', latest: end } : undefined;
}
