import { useTranslate } from 'react-admin';
import { problemOf, type FieldProblem, type Problem } from '../api/problem.js';
import { formatDate } from '../dates/dates.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import { expectationOf, labelKeys, placeOf } from './fieldProblem.js';

/** How refusals are told: by their code in our own words, else in the service's, which a newer one may have more of. */
export interface ProblemWords {
  title: (error: unknown) => string;
  sentence: (error: unknown) => string;
  /** The name of a field as the console writes it elsewhere. */
  label: (field: string) => string;
  /** What is wrong with a field, to stand beside it; amounts are of that currency. */
  beside: (problem: Problem, field: FieldProblem, currency?: string) => string;
  /** What the sentence about all of it leaves unsaid of a field; undefined when it says all. */
  unsaid: (problem: Problem, field: FieldProblem, currency?: string) => string | undefined;
}

export function useProblemWords(): ProblemWords {
  const text = useText();
  const translate = useTranslate();
  const locale = useLocale();
  const known = (key: string) => translate(`recoup.problems.${key}`, { _: '' });

  function limit(field: FieldProblem, currency: string | undefined): string | undefined {
    const expected = expectationOf(field);
    if (!expected) return undefined;
    if ('day' in expected) return text(`problems.${expected.bound}`, { value: formatDate(expected.day, locale) });
    if ('number' in expected)
      return text(`problems.${expected.bound}`, { value: expected.number.toLocaleString(locale) });
    if (currency === undefined) return undefined;
    return text(`problems.${expected.bound}`, { value: formatMoney({ amount: expected.amount, currency }, locale) });
  }

  function sentence(error: unknown): string {
    const problem = problemOf(error);
    if (problem) return known(`codes.${problem.code}`) || (problem.detail ?? title(error));
    if (error instanceof TypeError) return text('errors.network');
    return error instanceof Error ? error.message : String(error);
  }

  function title(error: unknown): string {
    const problem = problemOf(error);
    return (problem && known(`titles.${problem.status}`)) || (problem?.title ?? text('errors.title'));
  }

  function label(field: string): string {
    const [name = field] = labelKeys(field)
      .map((key) => known(`fields.${key}`))
      .filter((each) => each !== '');
    const place = placeOf(field);
    return place === undefined ? name : text('problems.inList', { name, place });
  }

  return {
    title,
    sentence,
    label,
    beside: ({ code }, field, currency) =>
      [known(`codes.${code}`) || text('problems.unusable'), limit(field, currency)].filter(Boolean).join(' '),
    unsaid: ({ code }, field, currency) =>
      limit(field, currency) ?? (known(`codes.${code}`) === '' ? field.message : undefined),
  };
}
