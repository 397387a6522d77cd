import type { MessageData } from '@recoup/contracts';
import { asCommand, correlationId, rows, run, sql, sqlState, type Db } from '@recoup/service-kit';
import { publishAccountEvents } from '../accounts/account-events.js';
import { lineOfText } from '../accounts/plain-text.js';
import { answerOnce } from '../bulk-commands/answer-once.js';
import type { ChunkOrigin } from '../bulk-commands/chunk-origin.js';
import { applyCredit } from '../credit/apply-credit.js';
import { amountMax } from '../postings/amount-max.js';
import { bookTransactions, handOut, newIds } from '../postings/book-transactions.js';
import { idsPerInvoice, idsPerLine } from './issue-invoice.js';
import { chargeOf, issuedEvent, totalOf, writeInvoices, type NewInvoice } from './issue-invoices.js';

type Command = 'recoup.ledger.issue-invoices.v1';
type Given = MessageData<Command>['invoices'][number];

/** An invoice of a command with what the books say of it: its account, or why it can't be issued. */
interface Judged {
  readonly position: number;
  readonly accountId: string | null;
  readonly officeId: string | null;
  readonly reason: string | null;
}

/**
 * Issues the invoices that another system made, once, and answers each time that it is asked for (LED-22). The caller has
 * locked their accounts.
 */
export function answerInvoices(tx: Db, data: MessageData<Command>, origin: ChunkOrigin): Promise<void> {
  const { actionId, chunk, recordedAt } = origin;
  const answered = answerOnce(tx, origin, 'recoup.ledger.invoices-issued.v1', async () => ({
    actionId,
    chunk,
    invoices: await asCommand(`invoices:${actionId}:${chunk}`, () => issueCommandedInvoices(tx, data, recordedAt)),
  }));
  return answered.catch((error: unknown) => {
    throw sqlState(error) === uniqueViolation ? new NumberTakenMeanwhile(error) : error;
  });
}

const uniqueViolation = '23505';

/** Another command took the number between our look and our write. Tried again, ours is answered `invoice-number-taken`. */
class NumberTakenMeanwhile extends Error {
  /** What PostgreSQL says of transactions that should be tried again. */
  readonly code = '40001';

  constructor(cause: unknown) {
    super('An invoice of that number was issued meanwhile', { cause });
  }
}

/**
 * Issues the invoices of a chunk that can be, and says of each how it ended. Reasons: `unknown-account` (or in none of the
 * sender's offices), `currency`, `future-date`, `due-before-invoice`, `unknown-service-type`, `invoice-number-taken`,
 * `unusable-number`, `repeated-number`, `total-too-large`.
 */
async function issueCommandedInvoices(
  tx: Db,
  data: MessageData<Command>,
  recordedAt: string,
): Promise<MessageData<'recoup.ledger.invoices-issued.v1'>['invoices']> {
  const judged = await rows<Judged>(tx, judgedSql(data, recordedAt));
  const fit = judged.filter(({ reason }) => reason === null);
  const lines = fit.reduce((sum, { position }) => sum + (data.invoices[position]?.lines.length ?? 0), 0);
  const next = handOut(await newIds(tx, idsPerInvoice * fit.length + idsPerLine * lines));
  const issued = new Map(fit.map((each) => [each.position, invoiceOf(data.invoices[each.position], each, next)]));
  const invoices = [...issued.values()];
  await writeInvoices(tx, invoices, recordedAt);
  await bookTransactions(
    tx,
    invoices.map((invoice) => chargeOf(invoice, recordedAt, data.actor)),
  );
  const credited = await applyCredit(
    tx,
    invoices.map(({ id }) => id),
    { actor: data.actor, recordedAt },
  );
  await publishAccountEvents(tx, [...invoices.map((invoice) => issuedEvent(invoice, recordedAt)), ...credited]);
  await audit(tx, data.actor, invoices);
  return judged.map(({ position, reason }) => {
    const { officeCode = '', number = '' } = data.invoices[position] ?? {};
    const invoiceId = issued.get(position)?.id ?? null;
    return { officeCode, number, status: invoiceId === null ? 'failed' : 'done', reason, invoiceId };
  });
}

/** Each invoice in its order, with its account and the first reason that speaks against it. */
function judgedSql({ invoices, offices }: MessageData<Command>, recordedAt: string) {
  const given = invoices.map((invoice, position) => ({
    ...invoice,
    position,
    number: lineOfText.safeParse(invoice.number).success ? invoice.number : null,
    total: invoice.lines.reduce((sum, { amount }) => sum + amount, 0),
    serviceTypes: [...new Set(invoice.lines.map(({ serviceTypeCode }) => serviceTypeCode))],
    lines: undefined,
  }));
  return sql`
    SELECT g.position, a.id AS "accountId", a.office_id AS "officeId", CASE
        WHEN a.id IS NULL THEN 'unknown-account'
        WHEN a.currency <> g.currency THEN 'currency'
        WHEN g."invoiceDate" > (${recordedAt}::timestamptz AT TIME ZONE a.time_zone)::date THEN 'future-date'
        WHEN g."dueDate" < g."invoiceDate" THEN 'due-before-invoice'
        WHEN EXISTS (SELECT FROM json_array_elements_text(g."serviceTypes") AS t (code)
                     WHERE NOT EXISTS (SELECT FROM service_types s WHERE s.code = t.code)) THEN 'unknown-service-type'
        WHEN g.total > ${amountMax}::bigint THEN 'total-too-large'
        WHEN g.number IS NULL THEN 'unusable-number'
        WHEN row_number() OVER (PARTITION BY g."officeCode", g.number ORDER BY g.position) > 1 THEN 'repeated-number'
        WHEN EXISTS (SELECT FROM invoices i WHERE i.office_id = a.office_id AND i.number = g.number) THEN 'invoice-number-taken'
      END AS reason
    FROM json_to_recordset(${JSON.stringify(given)}::json) AS g (position int, "officeCode" text, "accountNumber" text, number text,
      "invoiceDate" date, "dueDate" date, currency text, total bigint, "serviceTypes" json)
    LEFT JOIN LATERAL (
      SELECT a.id, a.office_id, a.currency, o.time_zone FROM accounts a JOIN offices o ON o.id = a.office_id
      WHERE o.code = g."officeCode" AND a.number = g."accountNumber"
        AND ('*' = ANY(${[...offices]}::text[]) OR o.code = ANY(${[...offices]}::text[]))) a ON true
    ORDER BY g.position`;
}

function invoiceOf(given: Given | undefined, { accountId, officeId }: Judged, next: () => string): NewInvoice {
  if (!given || accountId === null || officeId === null) throw new Error('An invoice without an account is not issued');
  const { number, invoiceDate, dueDate, currency, lines } = given;
  return {
    id: next(),
    transactionId: next(),
    accountId,
    officeId,
    currency,
    number,
    invoiceDate,
    dueDate,
    settledOn: null,
    importedDisputed: null,
    lines: lines.map((line) => ({ ...line, serviceLineId: next(), billLineId: next(), description: null })),
  };
}

async function audit(tx: Db, actor: string, invoices: readonly NewInvoice[]): Promise<void> {
  const written = invoices.map(({ id, accountId, number, lines }) => ({
    id,
    accountId,
    number,
    total: totalOf({ lines }),
  }));
  await run(
    tx,
    sql`INSERT INTO audit (actor, action, entity_type, entity_id, account_id, after, correlation_id)
        SELECT ${actor}, 'issue-invoice', 'invoice', id, "accountId", jsonb_build_object('number', number, 'total', total), ${correlationId()}
        FROM json_to_recordset(${JSON.stringify(written)}::json) AS i (id uuid, "accountId" uuid, number text, total bigint)`,
  );
}
