import { readFileSync } from 'node:fs';
import { demoData } from './recoup.js';

/** The receivables that are open today under numbers of their own, since the books know the others; and two bad rows. */
export function openReceivablesWithBadRows(): string {
  const [header = '', ...rows] = readFileSync(demoData('open-receivables.csv'), 'utf8').trim().split(/\r?\n/);
  const renumbered = rows.map((row) => row.replace(/^((?:[^,]*,){3})/, '$1B-'));
  const [first = ''] = renumbered;
  const badAmount = first.replace(/B-\d+/, 'C-1').replace(/,55\.94,/, ',55.9.4,');
  const badDate = first.replace(/B-\d+/, 'C-2').replace(/,1\/2\/2013,/, ',13/32/2013,');
  return [header, ...renumbered, badAmount, badDate].join('\n');
}

/** The published receivables again and again, under numbers of their own: enough that booking them takes a while. */
export function thirteenYearsOfReceivables(): string {
  const [header = '', ...rows] = readFileSync(demoData('late-payment-histories.csv'), 'utf8').trim().split(/\r?\n/);
  const years = Array.from({ length: 13 }, (_, year) =>
    rows.map((row) => row.replace(/^((?:[^,]*,){3})/, `$1Y${year}-`)),
  );
  return [header, ...years.flat()].join('\n');
}

/** Accounts as another system names their columns; one in a time zone that there is not, one of an office nobody knows. */
export function clientsOfAnotherSystem(): string {
  return [
    'Branch,Client No,Full name,Mail,Tongue,Zone',
    'BOS,X-1,Ada Archer,ada@example.test,en,Europe/London',
    'BOS,X-2,Bob Baker,bob@example.test,es,',
    'BOS,X-3,Carl Cole,carl@example.test,en,Mars/Olympus',
    'NOWHERE,X-4,Dora Dell,dora@example.test,en,',
  ].join('\n');
}
