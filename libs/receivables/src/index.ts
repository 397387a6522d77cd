export * from './receivables-tables.sql.js';
