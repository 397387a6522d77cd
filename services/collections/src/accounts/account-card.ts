import type { AccountStatus, ContactData, Stage } from '@recoup/contracts';
import {
  maskContact,
  notFound,
  officeScope,
  row,
  sql,
  type Actor,
  type ContactCipher,
  type Db,
  type SealedText,
} from '@recoup/service-kit';

/** How to reach an account; its name stands beside it. */
export type ContactView = Omit<ContactData, 'name'>;

/** An account's card as collections knows it (REP-6). Amounts are minor units of `currency`, as they are now. */
export interface AccountCard {
  readonly id: string;
  readonly accountNumber: string;
  readonly name: string | null;
  readonly officeCode: string;
  readonly currency: string;
  readonly accountStatus: AccountStatus;
  readonly balance: number;
  readonly credit: number;
  readonly openInvoices: number;
  readonly lastPayment: { readonly date: string; readonly amount: number } | null;
  readonly stage: Stage;
  readonly stageSince: string | null;
  readonly agencyCode: string | null;
  readonly flags: readonly { readonly code: string; readonly name: string; readonly colour: string }[];
  /** Newest first; `to` is null for the stage that it has now. At most 200 are shown. */
  readonly stageHistory: readonly {
    readonly stage: Stage;
    readonly from: string;
    readonly to: string | null;
    readonly actor: string;
    readonly bulkActionId: string | null;
  }[];
  readonly contact: ContactView | null;
  /** Since when nothing personal is kept of it (S28). */
  readonly erasedAt: string | null;
}

interface StoredPeriod {
  readonly stage: Stage;
  readonly from: string;
  readonly to: string | null;
  readonly actor: string;
  readonly bulkActionId: string | null;
}

type Found = Omit<AccountCard, 'contact' | 'stageHistory'> & {
  contact: SealedText | null;
  stageHistory: StoredPeriod[];
};

const cardSql = sql`
  a.id, a.number AS "accountNumber", a.name, o.code AS "officeCode", a.currency, a.status AS "accountStatus", a.balance, a.credit,
  a.erased_at AS "erasedAt", a.open_invoices AS "openInvoices",
  CASE WHEN a.last_payment_date IS NOT NULL
    THEN json_build_object('date', a.last_payment_date, 'amount', a.last_payment_amount) END AS "lastPayment",
  coalesce(st.stage, 'not-set') AS stage, st.stage_since AS "stageSince", st.agency_code AS "agencyCode", c.contact,
  (SELECT coalesce(json_agg(json_build_object('code', f.code, 'name', f.name, 'colour', f.colour) ORDER BY f.code), '[]')
   FROM account_flags af JOIN flags f ON f.id = af.flag_id WHERE af.account_id = a.id) AS flags,
  (SELECT coalesce(json_agg(json_build_object('stage', p.stage, 'from', lower(p.period), 'to', upper(p.period), 'actor', p.actor,
                                              'bulkActionId', p.bulk_action_id) ORDER BY lower(p.period) DESC), '[]')
   FROM (SELECT * FROM stage_periods WHERE account_id = a.id AND NOT isempty(period) ORDER BY lower(period) DESC LIMIT 200) p) AS "stageHistory"`;

/**
 * Reads the card of an account in the actor's offices; an auditor sees contact data masked.
 * @throws DomainError 404
 */
export async function readAccountCard(db: Db, cipher: ContactCipher, id: string, actor: Actor): Promise<AccountCard> {
  const found = await row<Found>(
    db,
    sql`SELECT ${cardSql} FROM accounts a JOIN offices o ON o.id = a.office_id
          LEFT JOIN account_states st ON st.account_id = a.id LEFT JOIN account_contacts c ON c.account_id = a.id
        WHERE a.id = ${id} AND ${officeScope(actor, sql`o.code`)}`,
  );
  if (!found) throw notFound('account');
  const { contact, stageHistory, ...card } = found;
  return {
    ...card,
    stageHistory: stageHistory.map((period) => ({
      ...period,
      from: utc(period.from),
      to: period.to === null ? null : utc(period.to),
    })),
    contact: contact === null ? null : shown(cipher.decrypt(id, contact), actor),
  };
}

function shown({ addresses, phones, email, language, timeZone }: ContactData, actor: Actor): ContactView {
  const view = { addresses, phones, email, language, timeZone };
  return actor.role === 'auditor' ? maskContact(view) : view;
}

/** Instants inside JSON come in PostgreSQL's own spelling. */
function utc(instant: string): string {
  return new Date(instant).toISOString();
}
