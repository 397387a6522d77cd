import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { base, en, Faker } from '@faker-js/faker';
import { formatAmount } from '@recoup/contracts';

const offices = [
  { code: 'NYC', currency: 'USD', medianAmount: 14000, country: 'US', timeZone: 'America/New_York', language: 'en' },
  { code: 'MAD', currency: 'EUR', medianAmount: 12000, country: 'ES', timeZone: 'Europe/Madrid', language: 'es' },
  { code: 'TYO', currency: 'JPY', medianAmount: 18000, country: 'JP', timeZone: 'Asia/Tokyo', language: 'ja' },
] as const;

const header =
  'officeCode,accountNumber,name,invoiceNumber,invoiceDate,dueDate,amount,settledDate,disputed,email,phone,addressLine,postalCode,country,language,timeZone';
const invoicesMax = 4;
const oldestDays = 260;
const termDays = 30;
const settledShare = 0.35;
const disputedShare = 0.03;
const dayMs = 86_400_000;

/** Writes a load set for the mapping `recoup`: the same accounts and seed give the same file on the same day. */
export async function generateFile(path: string, accounts: number, seed: number, today: Date): Promise<number> {
  let rows = 0;
  const counted = function* (): Generator<string> {
    for (const row of generateRows(accounts, seed, today)) {
      rows += 1;
      yield row;
    }
  };
  await pipeline(Readable.from(counted()), createWriteStream(path));
  return rows - 1;
}

/** The lines of a load set, header first; most accounts owe something today, some have paid in part or whole. */
export function* generateRows(accounts: number, seed: number, today: Date): Generator<string> {
  const faker = new Faker({ locale: [en, base], seed });
  yield `${header}\n`;
  for (let account = 1; account <= accounts; account += 1) yield* accountRows(faker, account, today);
}

function* accountRows(faker: Faker, account: number, today: Date): Generator<string> {
  const office = offices[account % 10 < 6 ? 0 : account % 10 < 9 ? 1 : 2];
  const number = `${office.code}-${String(account).padStart(7, '0')}`;
  const name = faker.helpers.maybe(() => faker.company.name(), { probability: 0.3 }) ?? faker.person.fullName();
  const contact = [
    faker.internet.email({ firstName: `account${account}`, provider: 'example.com' }).toLowerCase(),
    `+1202555${String(faker.number.int({ min: 100, max: 199 })).padStart(4, '0')}`,
    faker.location.streetAddress(),
    faker.location.zipCode('#####'),
    office.country,
    office.language,
    office.timeZone,
  ];
  const invoices = faker.number.int({ min: 1, max: invoicesMax });
  for (let each = 1; each <= invoices; each += 1) {
    const fields = [office.code, number, name, `${number}-${each}`, ...invoiceFields(faker, office, today), ...contact];
    yield `${fields.map(quoted).join(',')}\n`;
  }
}

function invoiceFields(faker: Faker, office: (typeof offices)[number], today: Date): string[] {
  // The last two days stay empty, so that no office is asked to book what is still tomorrow there.
  const ageDays = faker.number.int({ min: 2, max: oldestDays });
  const issued = new Date(today.getTime() - ageDays * dayMs);
  const due = new Date(issued.getTime() + termDays * dayMs);
  const amount = Math.max(1, Math.round(office.medianAmount * Math.exp(faker.number.float({ min: -1.6, max: 2.2 }))));
  const settled = ageDays > 4 && faker.datatype.boolean(settledShare);
  const paid = new Date(issued.getTime() + faker.number.int({ min: 1, max: Math.max(1, ageDays - 3) }) * dayMs);
  return [
    day(issued),
    day(due),
    formatAmount(amount, office.currency),
    settled ? day(paid) : '',
    faker.datatype.boolean(disputedShare) ? 'Yes' : 'No',
  ];
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function quoted(field: string): string {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
