import { describe, expect, it } from '@jest/globals';
import { httpErrorOf, type FieldProblem } from '../api/problem.js';
import { i18nProvider } from '../i18n/i18nProvider.js';
import { problemWords } from './problemWords.js';

const words = problemWords({
  text: (key, { count, ...values } = {}) =>
    i18nProvider.translate(`recoup.${key}`, { ...values, count, smart_count: count }),
  known: (key) => i18nProvider.translate(`recoup.problems.${key}`, { _: '' }),
  locale: 'en-US',
});

const path = '/api/ledger/payments';
const refusal = (status: number, code: string, detail: string, errors: FieldProblem[] = []) =>
  ({ status, code, detail, errors }) as const;
const currency: FieldProblem = {
  field: 'mapping.offices.0.currency',
  message: 'three capital letters of ISO 4217, such as USD',
  expected: 'regex /^[A-Z]{3}$/',
};

describe('a refusal', () => {
  it('of input names each field that is not marked, in the form’s words, with what is wrong and what would be right', () => {
    const problem = refusal(400, 'invalid-input', 'The input is not usable: see mapping.offices.0.currency.', [
      currency,
    ]);
    expect(words.label(problem, currency.field)).toBe('Currency of office (1)');
    expect(words.told(currency)).toBe('Three capital letters of ISO 4217, such as USD.');
    const day = { field: 'effectiveDate', message: 'Invalid ISO date', expected: 'a day, YYYY-MM-DD' };
    expect(words.told(day)).toBe('Is written in a way that can not be used. Right would be: a day, YYYY-MM-DD.');
    const name = {
      field: 'name',
      message: 'Too big: expected string to have <=40 characters',
      expected: 'at most 40',
    };
    expect(words.told(name)).toBe('Is too long. At most 40 characters.');
  });

  it('of input says no general sentence beside a field, and a rule says its own', () => {
    const input = refusal(400, 'invalid-input', 'The input is not usable.', [currency]);
    expect(words.beside(input, currency)).toBe('Three capital letters of ISO 4217, such as USD.');
    const day = { field: 'effectiveDate', message: 'is before the invoice', expected: 'at least 2026-01-05' };
    const rule = refusal(422, 'before-invoice', 'The day is before the invoice.', [day]);
    expect(words.beside(rule, day)).toBe('This is before the day of the invoice. At least Jan 5, 2026.');
    expect(words.told(day)).toBe('Is before the invoice. At least Jan 5, 2026.');
  });

  it('tells amounts in the currency of the form, and none that it would have to guess', () => {
    const amount = { field: 'amount', message: 'is more than is open', expected: 'at most 12000' };
    expect(words.told(amount, 'USD')).toContain('At most 120.00');
    expect(words.told(amount)).toBe('Is more than is open.');
  });

  it('shows a code exactly as it is written', () => {
    const flag = { field: 'parameters.add', message: '"watch" is not a flag', expected: 'the code of an active flag' };
    expect(words.told(flag)).toBe('"watch" is not a flag. Right would be: the code of an active flag.');
  });

  it('of a file’s header keeps what the ledger found, and the file’s own names of columns', () => {
    const header = httpErrorOf(422, refusal(422, 'bad-header', 'The header, line 1, is not UTF-8.'), path);
    expect(words.sentence(header)).toBe('The header, line 1, is not UTF-8.');
    expect(words.label(refusal(422, 'missing-columns', 'lacks name'), 'name')).toBe('name');
  });

  it('of what is not allowed does not blame the role for all of it', () => {
    expect(
      words.title(httpErrorOf(403, refusal(403, 'self-approval', 'Another supervisor has to approve it.'), path)),
    ).toBe('Not allowed');
  });

  it('says all of it at once where there is no form', () => {
    const error = httpErrorOf(400, refusal(400, 'invalid-input', 'The input is not usable.', [currency]), path);
    expect(words.notice(error)).toBe(
      'Something is missing, or written in a way that can not be used. Currency of office (1): Three capital letters of ISO 4217, such as USD.',
    );
  });
});
