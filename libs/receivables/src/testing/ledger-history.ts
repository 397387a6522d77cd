import { randomUUID } from 'node:crypto';
import type { MessageData } from '@recoup/contracts';
import type { AccountEventType } from '../account-event-types.js';
import type { Random } from '@recoup/service-kit/testing/random';

/** An event of an account as the ledger would publish it, in the order of its sequence. */
export type HistoryEvent = {
  [T in AccountEventType]: { readonly type: T; readonly sequence: number; readonly data: MessageData<T> };
}[AccountEventType];
type NewEvent = { [T in AccountEventType]: { readonly type: T; readonly data: MessageData<T> } }[AccountEventType];

interface Line {
  readonly invoiceId: string;
  readonly serviceLineId: string;
  readonly billLineId: string;
  readonly self: boolean;
  open: number;
}

type Booking = Extract<NewEvent, { data: { transactionId: string } }>;

const recordedAt = '2026-01-01T00:00:00Z';

/** Makes valid histories of accounts: what is allocated is open, what is applied is there, what is undone was booked. */
export class HistoryMaker {
  constructor(
    private readonly random: Random,
    private readonly officeId: string,
  ) {}

  /** All events of one account, the opening first. */
  account(events: number): { readonly accountId: string; readonly events: HistoryEvent[] } {
    const accountId = this.id();
    const account = new AccountHistory(accountId, this, this.officeId);
    while (account.events.length < events) account.next();
    return { accountId, events: account.events };
  }

  /** From 0 to `below`, exclusive. */
  below(below: number): number {
    return Math.floor(this.random() * below);
  }

  /** A day of 2025. */
  day(): string {
    return new Date(Date.UTC(2025, 0, 1 + this.below(365))).toISOString().slice(0, 10);
  }

  /** Never the same, though the seed be: histories of many runs may share a database. */
  id(): string {
    return randomUUID();
  }
}

/** One account's history as it is being made. */
class AccountHistory {
  readonly events: HistoryEvent[] = [];
  private readonly lines: Line[] = [];
  private readonly bookings: Booking[] = [];
  private readonly disputes: MessageData<'recoup.ledger.dispute-recorded.v1'>[] = [];
  private credit = 0;

  constructor(
    private readonly accountId: string,
    private readonly make: HistoryMaker,
    officeId: string,
  ) {
    const [currency, status, statementHold] = ['USD', 'active' as const, false];
    const data = { accountId, officeId, number: `N-${accountId.slice(0, 8)}`, currency, status, statementHold };
    this.add({ type: 'recoup.ledger.account-opened.v1', data });
  }

  next(): void {
    const kinds = [
      this.invoice,
      this.invoice,
      this.payment,
      this.payment,
      this.applyCredit,
      this.writeOff,
      this.queue,
      this.payerPayment,
      this.undo,
      this.dispute,
    ];
    kinds[this.make.below(kinds.length)]?.call(this);
  }

  private add(event: NewEvent): void {
    this.events.push({ ...event, sequence: this.events.length + 1 });
  }

  private invoice(): void {
    const invoiceId = this.make.id();
    const invoiceDate = this.make.day();
    const lines = Array.from({ length: 1 + this.make.below(3) }, () => {
      const payerType = this.make.below(4) === 0 ? ('insurer' as const) : ('self' as const);
      const payerCode = payerType === 'self' ? 'SELF' : 'AETNA';
      return {
        serviceLineId: this.make.id(),
        billLineId: this.make.id(),
        serviceTypeCode: 'service',
        dateOfService: invoiceDate,
        amount: this.make.below(5000),
        payerCode,
        payerType,
        responsibilityDate: invoiceDate,
      };
    });
    const total = lines.reduce((sum, { amount }) => sum + amount, 0);
    const number = `I-${this.events.length}-${invoiceId.slice(0, 6)}`;
    const dueDate = this.make.day();
    const head = { accountId: this.accountId, invoiceId, number, invoiceDate, dueDate, total, currency: 'USD' };
    this.add({ type: 'recoup.ledger.invoice-issued.v1', data: { ...head, recordedAt, lines } });
    for (const { serviceLineId, billLineId, amount, payerType } of lines)
      this.lines.push({ invoiceId, serviceLineId, billLineId, self: payerType === 'self', open: amount });
  }

  /** Takes up to `amount` from open lines of Self; answers the movements, and how much they come to. */
  private take(amount: number, day: () => string) {
    let left = amount;
    const movements = this.lines
      .filter(({ self, open }) => self && open > 0)
      .flatMap((line) => {
        const taken = Math.min(left, line.open, 1 + this.make.below(line.open));
        if (taken <= 0) return [];
        left -= taken;
        line.open -= taken;
        return [{ invoiceId: line.invoiceId, billLineId: line.billLineId, amount: -taken, effectiveDate: day() }];
      });
    return { movements, taken: amount - left };
  }

  private book(event: Booking): void {
    for (const { billLineId, amount } of event.data.movements) {
      const line = this.lines.find((each) => each.billLineId === billLineId);
      if (line && amount > 0) line.open += amount;
    }
    for (const { amount } of event.data.creditMovements) this.credit += amount;
    if (!('returnsTransactionId' in event.data) && !('reversesTransactionId' in event.data)) this.bookings.push(event);
    this.add(event);
  }

  private common(amount: number, effectiveDate: string) {
    return {
      accountId: this.accountId,
      transactionId: this.make.id(),
      amount,
      currency: 'USD',
      effectiveDate,
      recordedAt,
    };
  }

  private payment(): void {
    const amount = this.make.below(6) === 0 ? 0 : this.make.below(6000);
    const day = this.make.day();
    const { movements, taken } = this.take(amount, () => (this.make.below(3) === 0 ? this.make.day() : day));
    const creditMovements = amount === taken ? [] : [{ amount: amount - taken, effectiveDate: day }];
    const data = {
      ...this.common(amount, day),
      transactionTypeCode: 'payment',
      movements,
      creditMovements,
      reference: null,
    };
    this.book({ type: 'recoup.ledger.payment-received.v1', data });
  }

  private applyCredit(): void {
    const day = this.make.day();
    const { movements, taken } = this.take(this.credit, () => day);
    if (taken === 0) return;
    const creditMovements = [{ amount: -taken, effectiveDate: day }];
    const data = { ...this.common(taken, day), transactionTypeCode: 'credit-application', movements, creditMovements };
    this.book({ type: 'recoup.ledger.credit-applied.v1', data });
  }

  private writeOff(): void {
    const day = this.make.day();
    const { movements, taken } = this.take(Infinity, () => day);
    if (movements.length === 0) return;
    const amount = Number.isFinite(taken) ? taken : movements.reduce((sum, { amount: each }) => sum - each, 0);
    const data = {
      ...this.common(amount, day),
      transactionTypeCode: 'coupon',
      movements,
      creditMovements: [],
      commandId: null,
    };
    this.book({ type: 'recoup.ledger.written-off.v1', data });
  }

  /** Queues what is open of one of Self's lines to an agency, or of an agency's back to Self's line. */
  private queue(): void {
    const from = this.lines.filter(({ open }) => open > 0)[this.make.below(3)];
    if (!from) return;
    const known = this.lines.find(({ serviceLineId, self }) => serviceLineId === from.serviceLineId && self);
    const to = from.self || !known ? { ...from, self: false, billLineId: this.make.id(), open: 0 } : known;
    const [amount, effectiveDate] = [from.open, this.make.day()];
    const { invoiceId, serviceLineId } = from;
    if (to !== known) this.lines.push(to);
    from.open = 0;
    const [payerCode, payerType] = to.self ? (['SELF', 'self'] as const) : (['AGENCY', 'generic'] as const);
    const data = {
      ...this.common(amount, effectiveDate),
      transactionTypeCode: 'queueing',
      movements: [
        { invoiceId, billLineId: from.billLineId, amount: -amount, effectiveDate },
        { invoiceId, billLineId: to.billLineId, amount, effectiveDate },
      ],
      creditMovements: [],
      lines: [
        {
          billLineId: to.billLineId,
          serviceLineId,
          invoiceId,
          payerCode,
          payerType,
          amount,
          responsibilityDate: effectiveDate,
        },
      ],
    };
    to.open += amount;
    this.add({ type: 'recoup.ledger.line-queued.v1', data });
  }

  /** A payer other than Self pays a part of what it holds. */
  private payerPayment(): void {
    const line = this.lines.find(({ self, open }) => !self && open > 0);
    if (!line) return;
    const amount = 1 + this.make.below(line.open);
    line.open -= amount;
    const day = this.make.day();
    const { invoiceId, billLineId } = line;
    const data = {
      ...this.common(amount, day),
      transactionTypeCode: 'payment',
      payerCode: 'AGENCY',
      payerType: 'generic' as const,
      reference: null,
      movements: [{ invoiceId, billLineId, amount: -amount, effectiveDate: day }],
      creditMovements: [],
    };
    this.book({ type: 'recoup.ledger.payment-received.v1', data });
  }

  /** Returns or reverses what was booked, when its credit is still there. */
  private undo(): void {
    const [booked] = this.bookings.splice(this.make.below(this.bookings.length), 1);
    if (!booked) return;
    const { transactionId, amount, movements, creditMovements } = booked.data;
    const effectiveDate = this.make.day();
    const mirrored = {
      ...this.common(amount, effectiveDate),
      movements: movements.map((each) => ({ ...each, amount: -each.amount, effectiveDate })),
      creditMovements: creditMovements.map((each) => ({ amount: -each.amount, effectiveDate })),
    };
    if (this.credit + mirrored.creditMovements.reduce((sum, each) => sum + each.amount, 0) < 0) return;
    if (booked.type === 'recoup.ledger.payment-received.v1' && this.make.below(2) === 0)
      this.book({
        type: 'recoup.ledger.payment-returned.v1',
        data: { ...mirrored, transactionTypeCode: 'returned-payment', returnsTransactionId: transactionId },
      });
    else
      this.book({
        type: 'recoup.ledger.transaction-reversed.v1',
        data: { ...mirrored, transactionTypeCode: 'reversal', reversesTransactionId: transactionId, commandId: null },
      });
  }

  /** Opens a dispute, or settles one that is open. */
  private dispute(): void {
    const open = this.disputes.find(({ settledOn }) => settledOn === null);
    const line = this.lines[this.make.below(this.lines.length)];
    if (!open && !line) return;
    const data = open
      ? { ...open, settledOn: '2025-12-31' }
      : {
          disputeId: this.make.id(),
          accountId: this.accountId,
          invoiceId: line?.invoiceId ?? '',
          reason: 'quality',
          amount: 100,
          openedOn: this.make.day(),
          settledOn: null,
        };
    if (open) this.disputes.splice(this.disputes.indexOf(open), 1);
    else this.disputes.push(data);
    this.add({ type: 'recoup.ledger.dispute-recorded.v1', data });
  }
}
