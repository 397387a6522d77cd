import { resealed, rows, run, sql, type SealedRow, type SealedRows } from '@recoup/service-kit';
import { sealedAccountRows } from './sealed-account-rows.js';

const firstId = '00000000-0000-0000-0000-000000000000';

/** Notes of freezes; see `notesBinding` for what they are bound to. */
const freezeNotes: SealedRows = {
  keptIn: 'freezes',
  first: firstId,
  take: (tx, keyId, after, limit) =>
    rows<SealedRow>(
      tx,
      sql`SELECT id AS place, coalesce(action_id, id) AS binding, notes AS sealed FROM freezes
          WHERE id > ${after}::uuid AND notes->>'keyId' <> ${keyId} ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`,
    ),
  keep: async (tx, cipher, opened) => {
    await run(
      tx,
      sql`UPDATE freezes f SET notes = t.sealed
          FROM json_to_recordset(${resealed(cipher, opened)}::json) AS t (place uuid, sealed jsonb) WHERE f.id = t.place`,
    );
  },
};

/** Rows of imports that wait to be booked, each bound to its place in the file. */
const stagedRows: SealedRows = {
  keptIn: 'import_rows',
  first: JSON.stringify([firstId, -1, -1]),
  take: (tx, keyId, after, limit) =>
    rows<SealedRow>(
      tx,
      sql`SELECT json_build_array(import_id, chunk, line)::text AS place, import_id || ':' || line AS binding, fields->'sealed' AS sealed
          FROM import_rows, (SELECT ${after}::json AS place) after
          WHERE (import_id, chunk, line) > ((after.place->>0)::uuid, (after.place->>1)::int, (after.place->>2)::bigint)
            AND fields->'sealed'->>'keyId' <> ${keyId}
          ORDER BY import_id, chunk, line LIMIT ${limit} FOR UPDATE OF import_rows SKIP LOCKED`,
    ),
  keep: async (tx, cipher, opened) => {
    await run(
      tx,
      sql`UPDATE import_rows r SET fields = (r.fields::jsonb || jsonb_build_object('sealed', t.sealed))::json
          FROM json_to_recordset(${resealed(cipher, opened)}::json) AS t (place text, sealed jsonb),
            LATERAL (SELECT t.place::json AS at) place
          WHERE (r.import_id, r.chunk, r.line) = ((place.at->>0)::uuid, (place.at->>1)::int, (place.at->>2)::bigint)`,
    );
  },
};

/** Answers kept for repeats, bound to their account or freeze. */
const keptAnswers: SealedRows = {
  keptIn: 'idempotency_keys',
  first: JSON.stringify(['', '']),
  take: (tx, keyId, after, limit) =>
    rows<SealedRow>(
      tx,
      sql`SELECT json_build_array(actor, key)::text AS place, coalesce(response->>'accountId', response->>'freezeId') AS binding,
                 response AS sealed
          FROM idempotency_keys, (SELECT ${after}::json AS place) after
          WHERE (actor, key) > (after.place->>0, after.place->>1) AND response->>'keyId' <> ${keyId}
          ORDER BY actor, key LIMIT ${limit} FOR UPDATE OF idempotency_keys SKIP LOCKED`,
    ),
  keep: async (tx, cipher, opened) => {
    await run(
      tx,
      sql`UPDATE idempotency_keys k SET response = k.response || t.sealed
          FROM json_to_recordset(${resealed(cipher, opened)}::json) AS t (place text, sealed jsonb),
            LATERAL (SELECT t.place::json AS at) place
          WHERE (k.actor, k.key) = (place.at->>0, place.at->>1)`,
    );
  },
};

/** All that the ledger keeps sealed, for the rotation of keys (S16). */
export const ledgerSealedRows: readonly SealedRows[] = [sealedAccountRows, freezeNotes, stagedRows, keptAnswers];
