import { topics } from '@recoup/contracts';

const compacted = Object.entries(topics)
  .filter(([, { retention }]) => retention === 'compacted')
  .map(([name]) => `'${name}'`);

/**
 * A row of the outbox without data is a tombstone (S28): only topics that keep the last message of a key know them. The
 * index finds what else waits or is kept of a key that is erased. For a migration of each service after that of `busTablesSql`.
 */
export const tombstonesSql = `
ALTER TABLE outbox ALTER COLUMN data DROP NOT NULL;
ALTER TABLE outbox ADD CONSTRAINT outbox_tombstone CHECK (data IS NOT NULL OR topic IN (${compacted.join(', ')}));
CREATE INDEX outbox_compacted ON outbox (key) WHERE topic IN (${compacted.join(', ')});
`;
