/**
 * The one case in which a key becomes free again: the action that it made was refused at its preview and is gone (BLK-3). The
 * service may not delete keys itself; the function deletes that of an action which is no more, and of nothing else whose id is
 * no run's.
 */
export const takenBackAnswersSql: readonly string[] = [
  `CREATE FUNCTION take_back_answer(asked_by text, asked_key text, action uuid) RETURNS void
   LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
     DELETE FROM idempotency_keys k
     WHERE k.actor = asked_by AND k.key = asked_key AND k.response ->> 'id' = action::text
       AND k.method_path LIKE 'POST /api/collections/bulk-actions%' AND NOT EXISTS (SELECT FROM runs r WHERE r.id = action)
   $$`,
  'REVOKE ALL ON FUNCTION take_back_answer(text, text, uuid) FROM PUBLIC',
  'GRANT EXECUTE ON FUNCTION take_back_answer(text, text, uuid) TO recoup_collections',
];
