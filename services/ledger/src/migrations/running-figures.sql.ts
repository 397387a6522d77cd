/**
 * Postings move the running figures, in the statement that books them: once a statement, as a set, by the owner's
 * function. The service's role can't update these columns, so no code of ours can make them differ from the postings
 * (I2). Joins other than by index are switched off in the function: its plans are kept by the session, and one made for
 * a chunk of a thousand must not serve a single posting, nor the reverse.
 */
export const runningFiguresSql = `
CREATE FUNCTION move_running_figures() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
  UPDATE bill_lines b SET open_amount = b.open_amount + moved.change
  FROM (SELECT bill_line_id, sum(CASE WHEN debit LIKE 'receivable:%' THEN amount ELSE -amount END)::bigint AS change
        FROM booked WHERE bill_line_id IS NOT NULL GROUP BY bill_line_id) moved
  WHERE b.id = moved.bill_line_id AND moved.change <> 0;

  UPDATE invoices i SET open_amount = i.open_amount + moved.change
  FROM (SELECT invoice_id, sum(CASE WHEN debit = 'receivable:self' THEN amount ELSE -amount END)::bigint AS change
        FROM booked WHERE 'receivable:self' IN (debit, credit) GROUP BY invoice_id) moved
  WHERE i.id = moved.invoice_id AND moved.change <> 0;

  UPDATE accounts a SET balance = a.balance + moved.balance, credit = a.credit + moved.credit
  FROM (SELECT account_id,
               sum(CASE 'receivable:self' WHEN debit THEN amount WHEN credit THEN -amount ELSE 0 END)::bigint AS balance,
               sum(CASE 'account-credit' WHEN credit THEN amount WHEN debit THEN -amount ELSE 0 END)::bigint AS credit
        FROM booked GROUP BY account_id) moved
  WHERE a.id = moved.account_id AND (moved.balance <> 0 OR moved.credit <> 0);
  RETURN NULL;
END $$;

CREATE TRIGGER postings_move_figures AFTER INSERT ON postings
  REFERENCING NEW TABLE AS booked FOR EACH STATEMENT EXECUTE FUNCTION move_running_figures();
`;
