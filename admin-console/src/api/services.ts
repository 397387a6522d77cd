/** The services behind the console, by the name they have below `/api/`. */
export const services = ['ledger', 'collections', 'precollections', 'messaging'] as const;
export type Service = (typeof services)[number];

const ofLedger = new Set(['offices', 'accounts', 'invoices', 'transactions', 'transaction-types', 'imports']);

/** The service that owns a resource; what is not the ledger's is the collections service's. */
export function serviceOf(resource: string): Service {
  const [name = resource] = resource.split('/');
  return ofLedger.has(name) ? 'ledger' : 'collections';
}

/** The address of a resource below `/api`. */
export function pathOf(resource: string, service: Service = serviceOf(resource)): string {
  return `/api/${service}/${resource}`;
}
