import { endOfPreviousMonth, isBusinessDate } from '../dates/dates.js';

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
  const end = isBusinessDate(to) && to <= today ? to : today;
  return { from: isBusinessDate(from) && from <= end ? from : `${end.slice(0, 8)}01`, to: end };
}
