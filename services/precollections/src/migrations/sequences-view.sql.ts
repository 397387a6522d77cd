/** The last sequence of each aggregate that this service owns (I3): none yet. */
export const sequencesViewSql = `
CREATE VIEW aggregate_sequences AS
  SELECT NULL::text AS topic, NULL::text AS aggregate_id, NULL::bigint AS sequence WHERE false;
`;
