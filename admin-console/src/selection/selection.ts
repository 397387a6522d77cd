import { sumByCurrency, type Money } from '../money/money.js';
import { sameFilter, type ReportFilter } from '../report/reportFilter.js';
import type { ReportRow, ReportTotals } from '../report/reportTypes.js';

/** An account ticked or left out, with what the banner adds up. */
export interface Pick extends Money {
  id: string;
}

/**
 * What an action will work on (BLK-1, CON-3): accounts ticked one by one, or all that match a filter less some. The
 * second is a filter, never a list of ids, so it costs the same for fifty accounts and for a million.
 */
export type Selection =
  | { kind: 'accounts'; asOf: string; picks: readonly Pick[] }
  | { kind: 'matching'; filter: ReportFilter; excluded: readonly Pick[] };

/** Most accounts that a request may list by id; more are chosen by a filter. */
export const picksMax = 10_000;

export function nothingSelected(asOf: string): Selection {
  return { kind: 'accounts', asOf, picks: [] };
}

export function pickOf(row: ReportRow): Pick {
  return { id: row.id, amount: row.balance, currency: row.currency };
}

export function isSelected(selection: Selection, id: string): boolean {
  if (selection.kind === 'accounts') return selection.picks.some((pick) => pick.id === id);
  return !selection.excluded.some((pick) => pick.id === id);
}

/** Ticks or unticks rows: of all that match, what is unticked is left out. */
export function setSelected(selection: Selection, rows: readonly Pick[], selected: boolean): Selection {
  if (selection.kind === 'accounts') {
    return { ...selection, picks: merged(selection.picks, rows, selected).slice(0, picksMax) };
  }
  return { ...selection, excluded: merged(selection.excluded, rows, !selected).slice(0, picksMax) };
}

function merged(picks: readonly Pick[], rows: readonly Pick[], present: boolean): Pick[] {
  const changed = new Set(rows.map(({ id }) => id));
  const others = picks.filter(({ id }) => !changed.has(id));
  return present ? [...others, ...rows] : others;
}

export function allMatching(filter: ReportFilter): Selection {
  return { kind: 'matching', filter, excluded: [] };
}

/**
 * The selection under a filter that may have changed: ticked rows stay while the date does, for their balances are of
 * that date; "all that match" was said of one filter and ends with it.
 */
export function selectionUnder(selection: Selection, filter: ReportFilter): Selection {
  const stays = selection.kind === 'accounts' ? selection.asOf === filter.asOf : sameFilter(selection.filter, filter);
  return stays ? selection : nothingSelected(filter.asOf);
}

/** How many accounts and how much, by currency; `totals` are those of the whole filter. */
export function selectionSize(
  selection: Selection,
  totals: readonly ReportTotals[],
): { accounts: number; amounts: Money[] } {
  if (selection.kind === 'accounts') {
    return { accounts: selection.picks.length, amounts: sumByCurrency(selection.picks) };
  }
  const whole = totals.map(({ balance, currency }) => ({ amount: balance, currency }));
  const without = selection.excluded.map(({ amount, currency }) => ({ amount: -amount, currency }));
  const accounts = totals.reduce((sum, each) => sum + each.accounts, 0) - selection.excluded.length;
  return { accounts, amounts: sumByCurrency([...whole, ...without]) };
}

/** The selection as a bulk action's request carries it. */
export function selectionBody(selection: Selection) {
  if (selection.kind === 'accounts') {
    return { asOf: selection.asOf, accountIds: selection.picks.map(({ id }) => id) };
  }
  const { asOf, ...filter } = selection.filter;
  return { asOf, filter, excludedAccountIds: selection.excluded.map(({ id }) => id) };
}
