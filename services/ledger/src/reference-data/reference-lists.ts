import { uuid } from '@recoup/contracts';
import { anyOf, defineList, filterOf, sql, type ListQuery } from '@recoup/service-kit';
import { z } from 'zod';
import { transactionKinds } from '../postings/posting-rules.js';

const codes = { id: anyOf(uuid, sql`r.id`, 'uuid'), code: anyOf(z.string().max(40), sql`r.code`) };
const order = {
  sorts: { code: sql`r.code`, name: sql`r.name` },
  defaultSort: ['code', 'ASC'],
  tieBreaker: sql`r.id`,
} as const;

/** Lists of reference data that only has code and name to look for. */
export const namedList = defineList({ filters: codes, ...order });
export type NamedQuery = ListQuery<typeof namedList.definition.filters>;

/** Transaction types, by kind and whether they are in use too. */
export const kindedList = defineList({
  filters: {
    ...codes,
    kind: anyOf(z.enum(transactionKinds), sql`r.kind`),
    active: filterOf(z.boolean(), (active) => sql`r.active = ${active}`),
  },
  ...order,
});
export type KindedQuery = ListQuery<typeof kindedList.definition.filters>;
