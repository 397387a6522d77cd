import { fileFormat } from '@recoup/file-exchange';
import { againstRule, row, sql, type Db } from '@recoup/service-kit';
import { z } from 'zod';

/** An agency as the actions on it need it. */
const agency = z.object({
  id: z.string(),
  code: z.string(),
  active: z.boolean(),
  format: fileFormat,
});
export type Agency = z.infer<typeof agency>;

/** The agency of a code, with its file format. */
export async function findAgency(db: Db, code: string): Promise<Agency | undefined> {
  const found = await row(db, sql`SELECT id, code, active, file_format AS format FROM agencies WHERE code = ${code}`);
  return found === undefined ? undefined : agency.parse(found);
}

/**
 * The agency that accounts are to be referred to.
 * @throws DomainError 422 `unknown-agency` or `inactive-agency`
 */
export async function requireAgency(db: Db, code: string): Promise<Agency> {
  const found = await findAgency(db, code);
  if (!found) throw againstRule('unknown-agency', `There is no agency ${code}.`);
  if (!found.active)
    throw againstRule('inactive-agency', `Agency ${code} is not active; nothing can be referred to it.`);
  return found;
}
