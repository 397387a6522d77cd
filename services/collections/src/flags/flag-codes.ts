import { code } from '@recoup/contracts';
import { againstRule, rows, sql, type Db, type FieldProblem } from '@recoup/service-kit';
import { z } from 'zod';

const codes = z.array(code).max(50).default([]);

/** Codes of flags to add and to remove: each at most once, and at least one in all (BLK-10). */
export const flagCodes = z
  .strictObject({ add: codes, remove: codes })
  .refine(({ add, remove }) => add.length + remove.length > 0, 'names no flag to add or remove')
  .refine(({ add, remove }) => new Set([...add, ...remove]).size === add.length + remove.length, 'names a flag twice');
export type FlagCodes = z.infer<typeof flagCodes>;

/**
 * Refuses codes that are no flag, and inactive flags to be added: those can only be removed (COL-2).
 * @throws DomainError 422 `unknown-flag` or `inactive-flag`, with each code
 */
export async function checkFlagCodes(db: Db, { add, remove }: FlagCodes, prefix = ''): Promise<void> {
  const known = await rows<{ code: string; active: boolean }>(
    db,
    sql`SELECT code, active FROM flags WHERE code = ANY(${[...add, ...remove]}::text[])`,
  );
  const active = new Map(known.map((flag) => [flag.code, flag.active]));
  const problems = (list: string, wrong: string[], message: string, expected: string): FieldProblem[] =>
    wrong.map((each) => ({ field: `${prefix}${list}`, message: `"${each}" ${message}`, expected }));
  const unknown = (list: string[]): string[] => list.filter((each) => !active.has(each));
  const unknownErrors = [
    ...problems('add', unknown(add), 'is not a flag', 'the code of an active flag'),
    ...problems('remove', unknown(remove), 'is not a flag', 'the code of a flag'),
  ];
  if (unknownErrors.length > 0) throw againstRule('unknown-flag', 'There is no such flag.', unknownErrors);
  const inactive = add.filter((each) => active.get(each) === false);
  if (inactive.length > 0)
    throw againstRule(
      'inactive-flag',
      'An inactive flag can be removed from accounts, not added.',
      problems('add', inactive, 'is inactive', 'the code of an active flag'),
    );
}
