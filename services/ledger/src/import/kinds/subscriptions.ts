import { formatAmount } from '@recoup/contracts';
import { rows, run, sql, type Db } from '@recoup/service-kit';
import { publishAccountEvents } from '../../accounts/account-events.js';
import { newIds } from '../../postings/book-transactions.js';
import { subscriptionEvent } from '../../subscriptions/subscription.js';
import { lockKnownAccounts, unknownAccount, type ImportAccount } from '../import-accounts.js';
import { otherContent, outcomeOf, type Chunk, type ImportKind, type Refusal, type RowVerdict } from '../import-kind.js';
import { accountKey } from '../judge-rows.js';
import type { RowFields } from '../read-fields.js';

/** A row that is a subscription; the discount in minor units of the office's currency. */
export interface SubscriptionRow {
  readonly line: number;
  readonly officeCode: string;
  readonly accountNumber: string;
  readonly number: string;
  readonly serviceTypeCode: string;
  readonly startedOn: string;
  readonly initialServiceDiscount: number;
  readonly status: 'active' | 'cancelled';
}

/** A subscription that the books have, as far as a row may speak of it. */
export interface KnownSubscription extends Omit<SubscriptionRow, 'line' | 'status'> {
  readonly status: 'active' | 'frozen' | 'cancelled';
}

type Verdict = RowVerdict<SubscriptionRow, ImportAccount>;

/** Files of subscriptions (LED-21, LED-60): a number is unique within the office, and its account must be known. */
export const subscriptions: ImportKind<SubscriptionRow> = {
  read: readSubscriptionRow,

  async book(tx, _parts, chunk) {
    const verdicts = judgeSubscriptions(chunk.rows, {
      accounts: await lockKnownAccounts(tx, chunk.offices, chunk.rows),
      known: await findKnown(tx, chunk),
      serviceTypes: await findServiceTypes(tx),
    });
    const made = verdicts.flatMap((each) => (each.kind === 'new' ? [{ ...each.row, account: each.made }] : []));
    await write(tx, made);
    return outcomeOf(verdicts);
  },
};

/** Reads a row that is a subscription. */
export function readSubscriptionRow(fields: RowFields): SubscriptionRow {
  const { officeCode, terms } = fields.office();
  const status = fields.text('status') || 'active';
  if (status !== 'active' && status !== 'cancelled')
    fields.refuse('status', 'bad-value', 'must be active or cancelled, or empty, which means active');
  const discounted = fields.text('initialServiceDiscount') !== '';
  return {
    line: fields.line,
    officeCode,
    accountNumber: fields.required('accountNumber'),
    number: fields.required('subscriptionNumber'),
    serviceTypeCode: fields.optional('serviceTypeCode') || fields.mapping.serviceTypeCode,
    startedOn: fields.date('startedOn') ?? '',
    initialServiceDiscount: discounted ? fields.amount('initialServiceDiscount', terms) : 0,
    status: status === 'cancelled' ? status : 'active',
  };
}

/** What rows are judged against. */
export interface SubscriptionBooks {
  readonly accounts: ReadonlyMap<string, ImportAccount>;
  readonly known: ReadonlyMap<string, KnownSubscription>;
  readonly serviceTypes: ReadonlySet<string>;
}

/** Judges a chunk's rows in order, each seeing those before it. */
export function judgeSubscriptions(given: readonly SubscriptionRow[], books: SubscriptionBooks): Verdict[] {
  const now = new Map(books.known);
  return given.map((row): Verdict => {
    const known = now.get(keyOf(row));
    const account = books.accounts.get(accountKey(row));
    if (!account) return { row, kind: 'refused', ...unknownAccount(row) };
    const refusal = known ? differing(row, known, account.currency) : notOpened(row, account, books.serviceTypes);
    if (refusal) return { row, kind: 'refused', ...refusal };
    if (known) return { row, kind: 'unchanged' };
    now.set(keyOf(row), row);
    return { row, kind: 'new', made: account };
  });
}

/** A freeze is the books' own: a row that was active before it stays as it was read. */
function differing(row: SubscriptionRow, known: KnownSubscription, currency: string): Refusal | null {
  return otherContent('subscription of this number', [
    ['accountNumber', row.accountNumber, known.accountNumber],
    ['serviceTypeCode', row.serviceTypeCode, known.serviceTypeCode],
    ['startedOn', row.startedOn, known.startedOn],
    [
      'initialServiceDiscount',
      formatAmount(row.initialServiceDiscount, currency),
      formatAmount(known.initialServiceDiscount, currency),
    ],
    ['status', row.status, known.status === 'frozen' ? row.status : known.status],
  ]);
}

function notOpened(row: SubscriptionRow, account: ImportAccount, serviceTypes: ReadonlySet<string>): Refusal | null {
  if (!serviceTypes.has(row.serviceTypeCode))
    return {
      field: 'serviceTypeCode',
      value: row.serviceTypeCode,
      reason: 'unknown-service-type',
      detail: 'is not a service type',
    };
  if (row.status === 'cancelled' || account.status === 'active') return null;
  const detail = `is ${account.status}; it has no active subscription`;
  return { field: 'accountNumber', value: row.accountNumber, reason: account.status, detail };
}

function keyOf({ officeCode, number }: Pick<SubscriptionRow, 'officeCode' | 'number'>): string {
  return `${officeCode}\n${number}`;
}

async function findServiceTypes(tx: Db): Promise<Set<string>> {
  const found = await rows<{ code: string }>(tx, sql`SELECT code FROM service_types`);
  return new Set(found.map(({ code }) => code));
}

async function findKnown(
  tx: Db,
  { rows: given, offices }: Chunk<SubscriptionRow>,
): Promise<Map<string, KnownSubscription>> {
  const officeIds = given.map(({ officeCode }) => offices.get(officeCode)?.id);
  const found = await rows<KnownSubscription>(
    tx,
    sql`SELECT DISTINCT o.code AS "officeCode", a.number AS "accountNumber", s.number, s.service_type_code AS "serviceTypeCode",
               s.started_on AS "startedOn", s.initial_service_discount AS "initialServiceDiscount", s.status
        FROM unnest(${officeIds}::uuid[], ${given.map(({ number }) => number)}::text[]) AS w (office_id, number)
        JOIN subscriptions s ON s.office_id = w.office_id AND s.number = w.number
        JOIN accounts a ON a.id = s.account_id JOIN offices o ON o.id = s.office_id`,
  );
  return new Map(found.map((each) => [keyOf(each), each]));
}

/** A number that somebody takes meanwhile fails the chunk, which is then judged anew. */
async function write(tx: Db, made: readonly (SubscriptionRow & { account: ImportAccount })[]): Promise<void> {
  if (made.length === 0) return;
  const ids = await newIds(tx, made.length);
  const records = made.map(({ account, ...row }, index) => {
    const { id: accountId, officeId, currency } = account;
    return { ...row, id: ids[index] ?? '', accountId, officeId, currency, version: 1 };
  });
  await run(
    tx,
    sql`INSERT INTO subscriptions (id, account_id, office_id, currency, number, service_type_code, status, started_on, initial_service_discount)
        SELECT "id", "accountId", "officeId", "currency", "number", "serviceTypeCode", "status", "startedOn", "initialServiceDiscount"
        FROM json_to_recordset(${JSON.stringify(records)}::json)
          AS t ("id" uuid, "accountId" uuid, "officeId" uuid, "currency" text, "number" text, "serviceTypeCode" text,
                "status" text, "startedOn" date, "initialServiceDiscount" bigint)
        ORDER BY "officeId", "number"`,
  );
  await publishAccountEvents(tx, records.map(subscriptionEvent));
}
