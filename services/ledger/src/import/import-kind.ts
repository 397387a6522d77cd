import type { Clock, ContactCipher, Db } from '@recoup/service-kit';
import type { ImportOffice } from './import-accounts.js';
import type { Mapping } from './mapping.js';
import type { MappingField } from './mapping-fields.js';
import type { ReadLine, RowFields } from './read-fields.js';

/** What booking needs to have. */
export interface BookingParts {
  readonly clock: Clock;
  readonly cipher: ContactCipher;
}

/** The rows of a chunk that could be read, in the order of the file, with what they are booked by. */
export interface Chunk<Row> {
  readonly importId: string;
  readonly mapping: Mapping;
  readonly actor: string;
  readonly rows: readonly Row[];
  readonly offices: ReadonlyMap<string, ImportOffice>;
}

/** Why a row is not booked: the field that is to blame, its value and what is wrong with it. */
export interface Refusal {
  readonly field: MappingField;
  readonly value: string;
  readonly reason: string;
  readonly detail: string;
}

/** What is doubtful of a row, whatever becomes of it; its value is not told, for it is contact data. */
export interface Doubt {
  readonly line: number;
  readonly field: MappingField;
  readonly reason: string;
  readonly detail: string;
}

/** How a chunk's rows ended, by their lines: booked now, known before and left as they are, or refused; and doubts of them. */
export interface ChunkOutcome {
  readonly booked: readonly number[];
  readonly unchanged: readonly number[];
  readonly refused: readonly (Refusal & { readonly line: number })[];
  readonly doubts?: readonly Doubt[];
}

/** A kind of file (LED-60): how a row of it is read, pure, and how a chunk of its rows is booked, as a set. */
export interface ImportKind<Row extends ReadLine> {
  read(fields: RowFields): Row;
  book(tx: Db, parts: BookingParts, chunk: Chunk<Row>): Promise<ChunkOutcome>;
}

/** A row with what it comes to: something to book, nothing, or a refusal. */
export type RowVerdict<Row, New> = { readonly row: Row } & (
  | { readonly kind: 'new'; readonly made: New }
  | { readonly kind: 'unchanged' }
  | ({ readonly kind: 'refused' } & Refusal)
);

/** The verdicts of a chunk, by how they ended. */
export function outcomeOf(verdicts: readonly RowVerdict<ReadLine, unknown>[]): ChunkOutcome {
  const linesOf = (ended: 'new' | 'unchanged'): number[] =>
    verdicts.filter(({ kind }) => kind === ended).map(({ row }) => row.line);
  return {
    booked: linesOf('new'),
    unchanged: linesOf('unchanged'),
    refused: verdicts.flatMap((each) => {
      if (each.kind !== 'refused') return [];
      const { field, value, reason, detail } = each;
      return [{ line: each.row.line, field, value, reason, detail }];
    }),
  };
}

/** The refusal of a row that differs from what is booked under its number; null where nothing does. */
export function otherContent(what: string, compared: readonly [MappingField, string, string][]): Refusal | null {
  const different = compared.find(([, now, before]) => now !== before);
  if (!different) return null;
  const [field, value, before] = different;
  const detail = `differs from the ${what}, which is already booked with ${before || 'none'}`;
  return { field, value, reason: 'known-with-other-content', detail };
}
