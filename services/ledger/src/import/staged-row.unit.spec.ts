import { describe, expect, it } from '@jest/globals';
import { ContactCipher, newContactKeys } from '@recoup/service-kit';
import { bareContact } from './contact-differences.js';
import { openContact, rowStager, type SealedRow } from './staged-row.js';

const cipher = new ContactCipher(newContactKeys());
const row = (line: number, accountNumber: string, name = accountNumber) => {
  return { line, officeCode: 'NYC', accountNumber, contact: { ...bareContact(accountNumber), name } };
};

describe('the rows of a chunk', () => {
  it('seal what they give of an account once, however many give the same, and nothing where they give nothing', () => {
    const stage = rowStager(cipher, 'i');
    const staged = [row(2, 'A', 'Ann'), row(3, 'A', 'Ann'), row(4, 'A'), row(5, 'A', 'Eve'), row(6, 'A', 'Ann')].map(
      (each) => stage(each) as SealedRow,
    );
    const other = stage(row(7, 'B', 'Ann')) as SealedRow;
    expect([...staged, other].map(({ sealed }) => sealed !== undefined)).toEqual([
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
    expect(JSON.stringify(staged)).not.toContain('Ann');
    expect(staged.map((each) => openContact(cipher, 'i', each).name)).toEqual(['Ann', 'A', 'A', 'Eve', 'A']);
  });
});
