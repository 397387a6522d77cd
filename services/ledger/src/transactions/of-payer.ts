import { filterOf, sql } from '@recoup/service-kit';
import { z } from 'zod';

const code = z.string().max(40);

/** Filter on transactions `t`: the payer by its code, who paid, to whom it was queued or from whom it was recalled. */
export const ofPayer = filterOf(z.union([code, z.array(code).max(1000)]), (codes) => {
  const list = Array.isArray(codes) ? codes : [codes];
  return sql`t.payer_id IN (SELECT y.id FROM payers y WHERE y.code = ANY(${list}::text[]))`;
});
