import type { AccountEvent } from '../accounts/account-events.js';
import type { LockedAccount } from '../accounts/lock-account.js';
import type { PayerView } from '../payers/payer.js';
import { bookingData } from '../postings/booking-data.js';
import { plainTransaction, type NewTransaction, type OpenedLine } from '../postings/book-transactions.js';
import type { LineRef, Posting } from '../postings/posting.js';
import { sidesOf, type Sides } from '../postings/posting-rules.js';
import { touched } from '../postings/touched.js';
import type { QueueingPart, ReferralParts } from './queueing-parts.js';

/** What the transactions of one queueing have in common. */
export interface QueueingContext {
  readonly account: LockedAccount;
  readonly payer: PayerView;
  readonly responsibilityDate: string;
  readonly recordedAt: string;
  readonly actor: string;
}

type LineQueued = Extract<AccountEvent, { type: 'recoup.ledger.line-queued.v1' }>;

interface Queued {
  readonly booked: NewTransaction;
  readonly event: LineQueued;
}

/** Moves what is open from one payer to another: as much leaves the old line as the new one gets (LED-23). */
export function queueingTransaction(
  context: QueueingContext,
  parts: readonly QueueingPart[],
  nextId: () => string,
): Queued {
  const { payer } = context;
  const moved = parts.map((part) => ({ ...part, to: destination(payer, part, nextId) }));
  const postings = moved.flatMap(({ line, amount, to }) => [
    posting(context, sidesOf('queued-from', line.payerType), amount, line),
    posting(context, sidesOf('queued-to', payer.type), amount, {
      invoiceId: line.invoiceId,
      billLineId: to.billLineId,
    }),
  ]);
  const head = { typeCode: 'queueing', kind: 'queueing', paymentId: null } as const;
  return queued(context, { ...head, id: nextId(), postings }, moved);
}

/** Opens the agency's receivable for what a write-off of that type closed on the account's side (LED-41). */
export function referralTransaction(
  context: QueueingContext,
  { typeCode, paymentId, parts }: ReferralParts,
  nextId: () => string,
): Queued {
  const { payer } = context;
  const moved = parts.map((part) => ({ ...part, to: destination(payer, part, nextId) }));
  const postings = moved.map(({ line, amount, to }) =>
    posting(context, sidesOf('referred', payer.type), amount, { invoiceId: line.invoiceId, billLineId: to.billLineId }),
  );
  return queued(context, { typeCode, kind: 'referral', paymentId, id: nextId(), postings }, moved);
}

type Moved = QueueingPart & { readonly to: Destination };
type Destination = Pick<OpenedLine, 'billLineId' | 'amount'>;

/** Self has one bill line a service line; any other payer gets a new one with each queueing. */
function destination(payer: PayerView, { line, amount }: QueueingPart, nextId: () => string): Destination {
  if (payer.type === 'self') return { billLineId: line.selfLineId, amount: line.selfAmount };
  return { billLineId: nextId(), amount };
}

function queued(
  { account, payer, responsibilityDate, recordedAt, actor }: QueueingContext,
  head: Pick<NewTransaction, 'id' | 'typeCode' | 'kind' | 'paymentId' | 'postings'>,
  moved: readonly Moved[],
): Queued {
  const lines = moved.map(({ line: { serviceLineId, invoiceId }, to }) => ({
    ...to,
    serviceLineId,
    invoiceId,
    responsibilityDate,
  }));
  const booked: NewTransaction = {
    ...plainTransaction(),
    ...head,
    ...touched(moved.map(({ line }) => line)),
    accountId: account.id,
    officeId: account.officeId,
    currency: account.currency,
    amount: moved.reduce((sum, { amount }) => sum + amount, 0),
    effectiveDate: account.today,
    recordedAt,
    actor,
    payerId: payer.id,
    opens: payer.type === 'self' ? [] : lines.map((line) => ({ ...line, payerId: payer.id })),
  };
  const told = { payerCode: payer.code, payerType: payer.type };
  const last = [...new Map(lines.map((line) => [line.billLineId, { ...line, ...told }])).values()];
  return { booked, event: { type: 'recoup.ledger.line-queued.v1', data: { ...bookingData(booked), lines: last } } };
}

function posting({ account }: QueueingContext, sides: Sides, amount: number, line: LineRef): Posting {
  const { invoiceId, billLineId } = line;
  return { ...sides, amount, effectiveDate: account.today, line: { invoiceId, billLineId }, sourceId: null };
}
