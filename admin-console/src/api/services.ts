/** The services that the console works with, by the name they have below `/api/`. */
export type Service = 'ledger' | 'collections' | 'precollections' | 'messaging';

const ofLedger = new Set(['offices', 'accounts', 'payers', 'invoices', 'transactions', 'transaction-types', 'imports']);

/** The service that owns a resource; what is not the ledger's is the collections service's. */
export function serviceOf(resource: string): Service {
  return ofLedger.has(resource) ? 'ledger' : 'collections';
}

/** The address of a resource below `/api`. */
export function pathOf(resource: string): string {
  return `/api/${serviceOf(resource)}/${resource}`;
}
