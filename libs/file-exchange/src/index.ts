export * from './file-format.js';
export * from './encode-record.js';
export * from './encode-file.js';
export * from './transport.js';
export * from './folder-transport.js';
export * from './delivery.js';
export * from './deliveries-tables.sql.js';
export * from './delivery-worker.js';
