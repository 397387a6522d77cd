import { hidesCharacters } from '@recoup/contracts';
import { malformed, type FieldProblem } from './problem.js';

const levelsMax = 32;

/**
 * Refuses a body with a text that no database takes, U+0000 or half a character, or that is not what it looks like, naming
 * the field; and one that is nested deeper than any request of ours, on which whoever walks through it would run out of stack.
 * @throws DomainError 400 `invalid-input`
 */
export function requireUsableBody(body: unknown): void {
  const left: { value: unknown; path: readonly string[] }[] = [{ value: body, path: [] }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, path } = next;
    if (typeof value === 'string') requireText(value, path);
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= levelsMax)
      throw refused(path, 'is nested too deep', `at most ${levelsMax} levels of objects and arrays`);
    for (const [name, member] of Object.entries(value)) {
      requireText(name, path);
      left.push({ value: member, path: [...path, name] });
    }
  }
}

function requireText(text: string, path: readonly string[]): void {
  if (!text.isWellFormed() || text.includes('\u0000'))
    throw refused(path, 'holds a character that no text may have', 'text without U+0000 and without half characters');
  if (hidesCharacters(text))
    throw refused(
      path,
      'holds a character that is not seen or turns the direction of writing',
      'text of visible characters',
    );
}

function refused(path: readonly string[], message: string, expected: string): Error {
  const field = path.slice(0, 5).join('.');
  const problem: FieldProblem = { field, message, expected };
  return malformed(`The input is not usable: see ${field || 'the body'}.`, [problem], 'invalid-input');
}
