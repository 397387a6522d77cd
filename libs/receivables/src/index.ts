export * from './receivables-tables.sql.js';
export * from './ledger-events.js';
export * from './apply-ledger-events.js';
export * from './apply-offices.js';
export * from './apply-transaction-types.js';
export * from './apply-contacts.js';
export * from './receivables.module.js';
