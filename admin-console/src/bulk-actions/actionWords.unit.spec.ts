import { describe, expect, it } from '@jest/globals';
import { formatInstant } from '../dates/dates.js';
import { i18nProvider } from '../i18n/i18nProvider.js';
import { actionWords } from './actionWords.js';
import type { BulkAction, UndoneAction } from './bulkAction.js';

const locale = 'en-US';
const said = actionWords({
  text: (key, { count, ...values } = {}) =>
    i18nProvider.translate(`recoup.${key}`, { ...values, count, smart_count: count }),
  locale,
  flagName: (code) => (code === 'watch' ? 'Watch' : code),
});

/** With plain blanks where the locale keeps figure and currency together. */
const words = (action: BulkAction) => said(action).replaceAll('\u00a0', ' ');

const dollars = (accounts: number, amount: number) => ({
  currency: 'USD',
  accounts,
  asOfBalance: 0,
  currentBalance: 0,
  amount,
});
const action: BulkAction = {
  id: 'a1',
  type: 'write-off',
  status: 'preview',
  parameters: {},
  hash: null,
  asOf: '2026-11-28',
  actor: 'supervisor',
  createdAt: '',
  startedAt: null,
  finishedAt: null,
  counts: { selected: 60, eligible: 52, skipped: 8, done: 0, failed: 0 },
  totals: [],
  officeTotals: [],
  previewedTotals: [dollars(52, 511_985)],
  reasons: {},
  warnings: [],
  undoOf: null,
  undoes: null,
  undoneBy: [],
};
const startedAt = '2026-11-28T15:12:00.000Z';
const at = formatInstant(startedAt, locale);
const wroteOff: UndoneAction = {
  id: 'a1',
  type: 'write-off',
  parameters: {},
  actor: 'supervisor',
  startedAt,
  done: 52,
  totals: [dollars(52, 511_985)],
};
const undo: BulkAction = { ...action, type: 'undo', undoes: wroteOff };

describe('the words for a bulk action', () => {
  it('say what it is to do, and then what it did and to how many of them', () => {
    expect(words(action)).toBe('Write off 5,119.85 USD on 52 accounts');
    const ended = { ...action.counts, done: 40 };
    expect(words({ ...action, status: 'completed', counts: ended, totals: [dollars(40, 400_000)] })).toBe(
      'Wrote off 4,000.00 USD on 40 accounts, of 52',
    );
  });

  it('of an undo name what it takes back: kind, amount, when and how many', () => {
    const what = `“Wrote off 5,119.85 USD on 52 accounts” of ${at}`;
    expect(words(undo)).toBe(`Undo ${what}: 5,119.85 USD on 52 accounts`);
    const counts = { ...undo.counts, done: 50 };
    expect(words({ ...undo, status: 'completed', counts, totals: [dollars(50, 500_000)] })).toBe(
      `Undid ${what}: 5,000.00 USD on 50 accounts, of 52`,
    );
    expect(words({ ...undo, counts: { ...undo.counts, eligible: 0 } })).toBe(`Undo ${what}: on no account`);
  });

  it('of an undo that moves no money name the flags', () => {
    const flagged: UndoneAction = { ...wroteOff, type: 'flags', parameters: { add: ['watch'] }, done: 3 };
    const counts = { ...undo.counts, eligible: 3 };
    expect(words({ ...undo, undoes: flagged, counts, previewedTotals: [dollars(3, 0)] })).toBe(
      `Undo “Added Watch to 3 accounts” of ${at}: 3 accounts`,
    );
  });
});
