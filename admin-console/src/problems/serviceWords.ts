import type { FieldProblem } from '../api/problem.js';
import { fieldName } from './fieldProblem.js';

/** What is wrong with a field: under a key of our own words, or in the service's. */
export type Wrong = { key: string } | { words: string };

/** What the schemas of every service say, which is meant for programs, and how we call it. */
const schemaWords: readonly (readonly [RegExp, string])[] = [
  [/^Invalid input: expected \w+, received (?:undefined|null)$/, 'missing'],
  [/^Too small: expected string to have >=1 characters$/, 'missing'],
  [/^Invalid input: expected \w+, received \w+$/, 'otherKind'],
  [/^Too small: expected string /, 'tooShort'],
  [/^Too big: expected string /, 'tooLong'],
  [/^Too small: expected (?:array|set|map) /, 'tooFew'],
  [/^Too big: expected (?:array|set|map) /, 'tooMany'],
  [/^Too small: /, 'tooSmall'],
  [/^Too big: /, 'tooLarge'],
  [/^Invalid option: /, 'otherChoice'],
  [/^Invalid /, 'unusable'],
  [/^is not a known field$/, 'unknown'],
];

/** Reads what a service says of a field: what its schema says has words of our own, what a rule says is in words already. */
export function wrongOf({ message }: FieldProblem): Wrong {
  const found = schemaWords.find(([pattern]) => pattern.test(message));
  return found ? { key: found[1] } : { words: message };
}

type Bound = 'atLeast' | 'atMost' | 'moreThan' | 'lessThan';

/** What would be right: a limit, one of several, a kind of value, or the service's words. */
export type Right =
  | ({ bound: Bound } & (
      { day: string } | { amount: number } | { number: number; of: 'number' | 'characters' | 'entries' }
    ))
  | { oneOf: string[] }
  | { kind: string }
  | { words: string };

const limit = /^(at least|at most) (?:(\d{4}-\d{2}-\d{2})|(\d{1,15}))(?: in all)?$/;
const beyond = /^Too (?:small|big): expected \w+ to be ([<>])\d+$/;
const amounts = /(?:^|\.)(?:amount|allocations|nsfFee|initialServiceDiscount)$/;
const choices = /^[\w.-]+(?: \| [\w.-]+)+$/;
const kinds = new Set(['string', 'number', 'int', 'boolean', 'array', 'object']);
const route = /\b(?:GET|PUT|POST|DELETE) ([a-z/-]+)/g;

/** Reads what would be right of a field; undefined where that is not said, or said by what is wrong already. */
export function rightOf(problem: FieldProblem): Right | undefined {
  const { message, expected } = problem;
  if (expected === undefined || expected === 'nothing') return undefined;
  const bounded = limitOf(problem);
  if (bounded) return bounded;
  if (choices.test(expected)) return { oneOf: expected.split(' | ') };
  if (kinds.has(expected))
    return message.endsWith('undefined') && expected === 'string' ? undefined : { kind: expected };
  // A pattern is for programs; where the schema has words for it, they are the message.
  if (expected.startsWith('regex ') && 'words' in wrongOf(problem)) return undefined;
  return { words: expected.replaceAll(route, (_, name: string) => name.replaceAll(/[/-]/g, ' ')) };
}

/** The limit that a service names; undefined for anything else. */
export function limitOf({ field, message, expected }: FieldProblem): Extract<Right, { bound: Bound }> | undefined {
  const [, words, day, digits] = limit.exec(expected ?? '') ?? [];
  if (words === undefined) return undefined;
  const bound = boundOf(words, message);
  if (day !== undefined) return { bound, day };
  if (amounts.test(fieldName(field))) return { bound, amount: Number(digits) };
  return { bound, number: Number(digits), of: unitOf(message) };
}

/** Services name the figure itself where the limit is beyond it; what is wrong tells the two apart. */
function boundOf(words: string, message: string): Bound {
  const sign = beyond.exec(message)?.[1];
  if (sign === '>') return 'moreThan';
  if (sign === '<') return 'lessThan';
  return words === 'at least' ? 'atLeast' : 'atMost';
}

function unitOf(message: string): 'number' | 'characters' | 'entries' {
  if (/^Too (?:small|big): expected string /.test(message)) return 'characters';
  return /^Too (?:small|big): expected (?:array|set|map) /.test(message) ? 'entries' : 'number';
}
