import { problemOf, type FieldProblem, type Problem } from '../api/problem.js';
import { formatDate } from '../dates/dates.js';
import { formatMoney } from '../money/money.js';
import { labelKeys, placeOf } from './fieldProblem.js';
import { limitOf, rightOf, wrongOf, type Right } from './serviceWords.js';

/** How refusals are told: by their code in our own words, else in the service's, which a newer one may have more of. */
export interface ProblemWords {
  title: (error: unknown) => string;
  sentence: (error: unknown) => string;
  /** The name of a field as the console writes it elsewhere. */
  label: (problem: Problem, field: string) => string;
  /** What is wrong with a field, to stand beside it; amounts are of that currency. */
  beside: (problem: Problem, field: FieldProblem, currency?: string) => string;
  /** What is wrong with a field and what would be right, to stand where the field is not seen. */
  told: (field: FieldProblem, currency?: string) => string;
  /** All of it in one paragraph, for where there is no form: the sentence, and each field by its name. */
  notice: (error: unknown) => string;
}

/** Where the texts come from. */
export interface WordSources {
  text: (key: string, values?: Record<string, string | number>) => string;
  /** A text of the section `problems`; empty where there is none. */
  known: (key: string) => string;
  locale: string;
}

/** Refusals whose fields are columns of a file, named as the file names them. */
const ofColumns = new Set(['missing-columns', 'repeated-columns']);

/** The words for refusals, from the texts of a language. */
export function problemWords({ text, known, locale }: WordSources): ProblemWords {
  const right = rightWords({ text, known, locale });

  function sentence(error: unknown): string {
    const problem = problemOf(error);
    if (problem)
      return known(`codes.${problem.code}`) || known(`general.${problem.code}`) || (problem.detail ?? title(error));
    if (error instanceof TypeError) return text('errors.network');
    return error instanceof Error ? error.message : String(error);
  }

  function title(error: unknown): string {
    const problem = problemOf(error);
    return (problem && known(`titles.${problem.status}`)) || (problem?.title ?? text('errors.title'));
  }

  function label({ code }: Problem, field: string): string {
    if (ofColumns.has(code)) return field;
    if (field === '') return text('problems.asAWhole');
    const [name = field] = labelKeys(field)
      .map((key) => known(`fields.${key}`))
      .filter((each) => each !== '');
    const place = placeOf(field);
    return place === undefined ? name : text('problems.inList', { name, place });
  }

  function told(field: FieldProblem, currency: string | undefined): string {
    const wrong = wrongOf(field);
    return both(
      'key' in wrong ? text(`problems.wrong.${wrong.key}`) : asSentence(wrong.words),
      rightOf(field),
      currency,
    );
  }

  function both(wrong: string, asked: Right | undefined, currency: string | undefined): string {
    const words = asked && right(asked, currency);
    return words === undefined ? wrong : text('problems.both', { wrong, right: words });
  }

  return {
    title,
    sentence,
    label,
    told,
    beside: ({ code }, field, currency) => {
      const own = known(`codes.${code}`);
      return own === '' ? told(field, currency) : both(own, limitOf(field), currency);
    },
    notice: (error) => {
      const problem = problemOf(error);
      const fields = (problem?.errors ?? []).map((each) =>
        text('problems.ofField', { name: problem ? label(problem, each.field) : '', said: told(each, undefined) }),
      );
      return [sentence(error), ...fields].join(' ');
    },
  };
}

/** What would be right, in words; undefined for an amount of an unknown currency, which would be misread. */
function rightWords({ text, known, locale }: WordSources): (right: Right, currency?: string) => string | undefined {
  return (right, currency) => {
    if ('oneOf' in right)
      return text('problems.oneOf', {
        values: new Intl.ListFormat(locale, { type: 'disjunction' }).format(right.oneOf),
      });
    if ('kind' in right) return text('problems.right', { words: known(`kinds.${right.kind}`) });
    if ('words' in right) return text('problems.right', { words: right.words });
    if ('day' in right) return text(`problems.${right.bound}`, { value: formatDate(right.day, locale) });
    if ('number' in right) {
      const value =
        right.of === 'number'
          ? right.number.toLocaleString(locale)
          : text(`problems.${right.of}`, { count: right.number });
      return text(`problems.${right.bound}`, { value });
    }
    if (currency === undefined) return undefined;
    return text(`problems.${right.bound}`, { value: formatMoney({ amount: right.amount, currency }, locale) });
  };
}

/** A service's words about a field, as they stand after its name. */
function asSentence(words: string): string {
  const begun = words.slice(0, 1).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
