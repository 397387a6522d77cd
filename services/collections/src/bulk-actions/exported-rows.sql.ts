/**
 * What an export (BLK-12) exported: a row of the report for each done item, as it stood when the item was carried out. The
 * file is a pure function of these rows, in order of account number, byte by byte, so that it is the same whenever it is
 * fetched. Rows are only added; of an erased account the name is taken out (S28).
 */
export const exportedRowsTableSql = `
CREATE TABLE exported_rows (
  action_id uuid NOT NULL,
  account_number text COLLATE "C" NOT NULL,
  account_id uuid NOT NULL,
  shown json NOT NULL,
  PRIMARY KEY (action_id, account_number, account_id)
)`;
