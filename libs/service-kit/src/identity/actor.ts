import { z } from 'zod';
import { sql, type RawBuilder } from '../database/database.js';

/** The four roles; what each may do stands in `permissions.ts`. */
export const role = z.enum(['collector', 'supervisor', 'administrator', 'auditor']);
export type Role = z.infer<typeof role>;

/** Who acts: user name (the token's `sub`), display name, role, and the offices (codes, or `*` alone for all). */
export interface Actor {
  readonly user: string;
  readonly name: string;
  readonly role: Role;
  readonly offices: readonly string[];
}

/** Whether the actor may see every office. */
export function seesAllOffices(actor: Pick<Actor, 'offices'>): boolean {
  return actor.offices.includes('*');
}

/** Whether the actor may see what belongs to an office. */
export function seesOffice(actor: Pick<Actor, 'offices'>, officeCode: string): boolean {
  return seesAllOffices(actor) || actor.offices.includes(officeCode);
}

/** SQL condition that narrows a query to the actor's offices; `officeCode` is the column with the office's code (S3). */
export function officeScope(actor: Pick<Actor, 'offices'>, officeCode: RawBuilder<unknown>): RawBuilder<unknown> {
  return seesAllOffices(actor) ? sql`TRUE` : sql`${officeCode} = ANY(${[...actor.offices]}::text[])`;
}
