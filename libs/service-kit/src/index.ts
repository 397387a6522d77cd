export * from './config.js';
export * from './database/database.js';
