import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@recoup/service-kit';
import { parseMapping } from '../mappings/find-mapping.js';
import { shippedMapping } from '../mappings/shipped-mappings.js';
import { readHeader } from '../mapping.js';
import { rowReader } from '../read-fields.js';
import { findKind } from './find-kind.js';

const offices: Record<string, { currency: string; today: string }> = {
  NYC: { currency: 'USD', today: '2026-03-01' },
  TYO: { currency: 'JPY', today: '2026-03-02' },
};

/** Reads rows of a file that has all the columns of a shipped mapping. */
function reading(name: string, good: Record<string, string>) {
  const mapping = shippedMapping(name);
  if (!mapping) throw new Error(`no mapping ${name} ships`);
  const header = Object.keys(mapping.columns);
  const found = readHeader(mapping, header);
  if ('problem' in found) throw new Error(found.problem);
  const read = rowReader(
    (fields) => findKind(mapping).read(fields),
    mapping,
    found,
    (code) => offices[code],
  );
  return (change: Record<string, string> = {}) =>
    read(
      7,
      header.map((field) => change[field] ?? good[field] ?? ''),
    );
}

const refusal = (column: string, reason: string) => ({
  findings: [expect.objectContaining({ line: 7, column, reason, severity: 'refused' })],
});

describe('a row of an account', () => {
  const read = reading('accounts', { officeCode: 'NYC', accountNumber: 'A1' });

  it('has its number for a name where it gives none', () => {
    expect(read()).toMatchObject({ findings: [], row: { line: 7, accountNumber: 'A1', contact: { name: 'A1' } } });
    expect(read({ name: 'Ann', country: 'US', language: 'en' }).row?.contact).toMatchObject({
      name: 'Ann',
      language: 'en',
      addresses: [{ lines: [], country: 'US' }],
    });
  });

  it.each([
    ['officeCode', 'nyc', 'unknown-office'],
    ['accountNumber', ' ', 'missing-value'],
    ['name', 'Ann\nSmith', 'control-character'],
    ['timeZone', 'EST?', 'bad-time-zone'],
  ])('with %s %j is refused as %s', (field, value, reason) => {
    expect(read({ [field]: value })).toEqual(refusal(field, reason));
  });

  it('that is refused for its contact data does not tell what that was', () => {
    expect(read({ name: 'Ann\nSmith', accountNumber: 'A\n1' }).findings).toMatchObject([
      { column: 'accountNumber', value: 'A\n1' },
      { column: 'name', value: null },
    ]);
  });
});

describe('a row of a subscription', () => {
  const good = { officeCode: 'NYC', accountNumber: 'A1', subscriptionNumber: 'S1', startedOn: '2026-05-01' };
  const read = reading('subscriptions', good);

  it('is active, without discount and of the mapping’s service type where it says nothing', () => {
    const row = { serviceTypeCode: 'service', initialServiceDiscount: 0, status: 'active', startedOn: '2026-05-01' };
    expect(read()).toMatchObject({ findings: [], row });
    expect(read({ officeCode: 'TYO', initialServiceDiscount: '250', serviceTypeCode: 'fee' }).row).toMatchObject({
      initialServiceDiscount: 250,
      serviceTypeCode: 'fee',
    });
  });

  it.each([
    ['subscriptionNumber', '', 'missing-value'],
    ['startedOn', '5/1/2026', 'bad-date'],
    ['initialServiceDiscount', '-1', 'bad-amount'],
    ['status', 'frozen', 'bad-value'],
  ])('with %s %j is refused as %s', (field, value, reason) => {
    expect(read({ [field]: value })).toEqual(refusal(field, reason));
  });
});

describe('a row of a payment', () => {
  const good = { officeCode: 'NYC', accountNumber: 'A1', reference: 'r', paymentDate: '2026-03-01', amount: '0.00' };
  const read = reading('payments', good);

  it('may be of nothing, and name neither invoice nor payer', () => {
    expect(read()).toMatchObject({ findings: [], row: { amount: 0, invoiceNumber: '', payerCode: '' } });
    expect(read({ officeCode: 'TYO', paymentDate: '2026-03-02', amount: '5' }).row).toMatchObject({ amount: 5 });
  });

  it.each([
    ['reference', '', 'missing-value'],
    ['reference', 'x'.repeat(201), 'too-long'],
    ['paymentDate', '2026-03-02', 'future-date'],
    ['amount', '1.005', 'bad-amount'],
    ['invoiceNumber', 'a\tb', 'control-character'],
  ])('with %s %j is refused as %s', (field, value, reason) => {
    expect(read({ [field]: value })).toEqual(refusal(field, reason));
  });
});

describe('a mapping', () => {
  it('is of invoices unless it says otherwise, and takes the fields of its kind alone', () => {
    const columns = { officeCode: 'o', accountNumber: 'a' };
    const text = (more: object) => JSON.stringify({ name: 'mine', columns, ...more });
    expect(parseMapping(text({ kind: 'accounts' }))).toMatchObject({ kind: 'accounts', optional: [] });
    expect(() => parseMapping(text({}))).toThrow(DomainError);
    expect(() => parseMapping(text({ kind: 'accounts', columns: { ...columns, amount: 'm' } }))).toThrow(DomainError);
    expect(() => parseMapping(text({ kind: 'other' }))).toThrow(DomainError);
    expect(shippedMapping('recoup')?.kind).toBe('invoices');
  });
});
