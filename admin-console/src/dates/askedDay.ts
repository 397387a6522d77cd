import { isBusinessDate } from './dates.js';

/** The first day that the services know. */
export const firstDay = '1900-01-01';

/** A day in an address that no report can be of: where it stands, how it is written, and why it can't be. */
export interface WrongDay {
  field: 'asOf' | 'from' | 'to';
  asked: string;
  wrong: 'noDay' | 'tooEarly' | 'toCome' | 'afterEnd';
  /** The last day that would be right. */
  latest: string;
}

/** What is wrong with a day that an address asks for; undefined when nothing is, or none is asked for. */
export function wrongDay(
  field: WrongDay['field'],
  asked: string | null | undefined,
  latest: string,
): WrongDay | undefined {
  if (asked === null || asked === undefined || asked === '') return undefined;
  if (!isBusinessDate(asked)) return { field, asked, wrong: 'noDay', latest };
  if (asked < firstDay) return { field, asked, wrong: 'tooEarly', latest };
  return asked > latest ? { field, asked, wrong: 'toCome', latest } : undefined;
}

/** A day of an address, where there is one that a report can be of. */
export function readDay(asked: string | null | undefined, latest: string): string | undefined {
  return asked && !wrongDay('asOf', asked, latest) ? asked : undefined;
}
