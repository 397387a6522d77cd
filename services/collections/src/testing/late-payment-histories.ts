import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { HistoryEvent } from '@recoup/receivables/testing/ledger-history';
import type { LedgerLog } from '@recoup/receivables/testing/deliver-events';
import { batches } from '@recoup/receivables/testing/deliver-events';
import type { Db } from '@recoup/service-kit';

const folder = new URL('../../../../tools/demo-data/', import.meta.url);

/** What a correct report shows of an account with a balance, amounts in cents. */
export interface ExpectedRow {
  readonly asOf: string;
  readonly accountNumber: string;
  readonly balance: number;
  readonly openInvoices: number;
  readonly daysPastDue: number;
  readonly aging: readonly number[];
}

function records(name: string): string[][] {
  const [, ...lines] = readFileSync(new URL(name, folder), 'utf8').trim().split(/\r?\n/);
  return lines.map((line) => line.split(','));
}

function cents(text: string): number {
  return Math.round(Number(text) * 100);
}

function isoDate(text: string): string {
  const [month = '', day = '', year = ''] = text.split('/');
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** A UUID that a name always gets. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The published expectation for its three dates. */
export function expectedRows(): ExpectedRow[] {
  return records('late-payment-histories.expected.csv').map(
    ([asOf = '', accountNumber = '', balance = '', openInvoices = '', daysPastDue = '', ...aging]) => ({
      asOf,
      accountNumber,
      balance: cents(balance),
      openInvoices: Number(openInvoices),
      daysPastDue: Number(daysPastDue),
      aging: aging.map(cents),
    }),
  );
}

type NewEvent = HistoryEvent extends infer E
  ? E extends { type: infer T; data: infer D }
    ? { type: T; data: D }
    : never
  : never;

/** The published receivables as the ledger's events would tell them: by account, in order of sequence. */
export function publishedHistories(): Map<string, HistoryEvent[]> {
  const histories = new Map<string, HistoryEvent[]>();
  const tell = (number: string, event: NewEvent): void => {
    const events = histories.get(number) ?? [];
    histories.set(number, [...events, { ...event, sequence: events.length + 1 } as HistoryEvent]);
  };
  for (const [
    office = '',
    number = '',
    ,
    invoiceNumber = '',
    invoiced = '',
    due = '',
    amountText = '',
    disputed,
    settled = '',
  ] of records('late-payment-histories.csv')) {
    const [accountId, invoiceId, billLineId] = [
      idOf(number),
      idOf(`invoice ${invoiceNumber}`),
      idOf(`line ${invoiceNumber}`),
    ];
    const [invoiceDate, dueDate, paidOn, amount] = [
      isoDate(invoiced),
      isoDate(due),
      isoDate(settled),
      cents(amountText),
    ];
    const [currency, recordedAt] = ['USD', '2026-01-01T00:00:00Z'];
    if (!histories.has(number))
      tell(number, {
        type: 'recoup.ledger.account-opened.v1',
        data: {
          accountId,
          officeId: idOf(`office ${office}`),
          number,
          currency,
          status: 'active',
          statementHold: false,
        },
      });
    const line = {
      serviceLineId: idOf(`service ${invoiceNumber}`),
      billLineId,
      serviceTypeCode: 'service',
      dateOfService: invoiceDate,
      amount,
      payerCode: 'SELF',
      payerType: 'self' as const,
      responsibilityDate: invoiceDate,
    };
    tell(number, {
      type: 'recoup.ledger.invoice-issued.v1',
      data: {
        accountId,
        invoiceId,
        number: invoiceNumber,
        invoiceDate,
        dueDate,
        total: amount,
        currency,
        recordedAt,
        lines: [line],
      },
    });
    const effectiveDate = paidOn > invoiceDate ? paidOn : invoiceDate;
    tell(number, {
      type: 'recoup.ledger.payment-received.v1',
      data: {
        accountId,
        transactionId: idOf(`payment ${invoiceNumber}`),
        transactionTypeCode: 'payment',
        amount,
        currency,
        effectiveDate: paidOn,
        recordedAt,
        reference: null,
        creditMovements: [],
        movements: amount === 0 ? [] : [{ invoiceId, billLineId, amount: -amount, effectiveDate }],
      },
    });
    if (disputed === 'Yes')
      tell(number, {
        type: 'recoup.ledger.dispute-recorded.v1',
        data: {
          disputeId: idOf(`dispute ${invoiceNumber}`),
          accountId,
          invoiceId,
          reason: 'imported',
          amount,
          openedOn: invoiceDate,
          settledOn: paidOn,
        },
      });
  }
  return histories;
}

export const publishedOffices = ['391', '406', '770', '818', '897'];

/** Delivers offices and histories in batches, accounts in the order of the file. */
export async function deliverPublished(log: LedgerLog, db: () => Db): Promise<void> {
  for (const code of publishedOffices)
    await log.office(db(), {
      officeId: idOf(`office ${code}`),
      code,
      name: `Office ${code}`,
      currency: 'USD',
      timeZone: 'UTC',
      locale: 'en-US',
    });
  const events = [...publishedHistories().values()].flat();
  for (const batch of batches(events, 1000, () => 0.999)) await log.deliver(db(), batch);
}
