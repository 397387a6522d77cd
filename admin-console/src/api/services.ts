/** The services that the console works with, by the name they have below `/api/`. */
export type Service = 'ledger' | 'collections' | 'precollections' | 'messaging';

export const services: readonly Service[] = ['collections', 'ledger', 'precollections', 'messaging'];

const ofLedger = new Set(['offices', 'accounts', 'payers', 'invoices', 'transactions', 'transaction-types', 'imports']);

/**
 * The service that owns a resource, and the resource's own name. One that every service has is named with its service, as
 * in `messaging/parked-messages`; of the others, what is not the ledger's is the collections service's.
 */
export function ownerOf(resource: string): { service: Service; name: string } {
  const [first = '', name] = resource.split('/');
  const service = services.find((each) => each === first);
  if (service && name) return { service, name };
  return { service: ofLedger.has(resource) ? 'ledger' : 'collections', name: resource };
}

/** The service that a path is asked of; undefined for the console's own. */
export function serviceAt(path: string): Service | undefined {
  const name = /^\/api\/([^/?]+)/.exec(path)?.[1];
  return services.find((each) => each === name);
}

/** The address of a resource below `/api`. */
export function pathOf(resource: string): string {
  const { service, name } = ownerOf(resource);
  return `/api/${service}/${name}`;
}
