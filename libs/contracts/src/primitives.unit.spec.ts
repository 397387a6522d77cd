import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import * as primitives from './primitives.js';

const id = '019b1a70-5c00-7000-8000-000000000379';

const cases: [string, z.ZodType, unknown[], unknown[]][] = [
  ['uuid', primitives.uuid, [id, id.toUpperCase()], ['', '379', `${id}0`, `{${id}}`]],
  ['currencyCode', primitives.currencyCode, ['USD', 'JPY'], ['usd', 'US', 'USDX', ' USD', '']],
  ['signedAmount', primitives.signedAmount, [-1, 0, Number.MAX_SAFE_INTEGER], [0.5, 2 ** 53, '1', null, NaN]],
  ['amount', primitives.amount, [0, 1], [-1, 0.01, '5']],
  ['positiveAmount', primitives.positiveAmount, [1], [0, -1]],
  [
    'businessDate',
    primitives.businessDate,
    ['2012-02-29', '2013-06-30'],
    ['2013-02-29', '6/30/2013', '2013-6-30', '0000-01-01', '0001-01-01', ''],
  ],
  [
    'instant',
    primitives.instant,
    ['2026-11-22T18:30:05Z', '2026-11-22T18:30:05.123456Z'],
    ['2026-11-22T18:30:05', '2026-11-22T18:30:05+01:00', '2026-11-22'],
  ],
  ['sequence', primitives.sequence, [1, 2], [0, -1, 1.5]],
  ['code', primitives.code, ['391', 'coupon', 'A.b_c-1', 'x'.repeat(40)], ['', '-x', 'a b', 'é', 'x'.repeat(41)]],
  [
    'timeZone',
    primitives.timeZone,
    ['UTC', 'Europe/Madrid'],
    ['', 'Mars/Olympus', 'Madrid', '+05:30', 'europe/madrid'],
  ],
  ['accountStatus', primitives.accountStatus, ['active', 'frozen', 'closed'], ['Active', 'open']],
  ['stage', primitives.stage, ['not-set', 'pending', 'sent'], ['Not Set', 'done']],
  ['payerType', primitives.payerType, ['self', 'insurer', 'generic'], ['agency', '']],
];

describe.each(cases)('%s', (_name, schema, good, bad) => {
  it.each(good)('takes %s', (value) => expect(schema.safeParse(value).success).toBe(true));
  it.each(bad)('refuses %s', (value) => expect(schema.safeParse(value).success).toBe(false));
});
