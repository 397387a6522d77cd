import type { Asked } from '../api/askServices.js';
import type { Service } from '../api/services.js';

/** Why an account may be erased; a code, for it stays in the audit for ever. */
export const erasureReasons = ['asked-for', 'retention-ended', 'court-order', 'opened-by-mistake'] as const;
export type ErasureReason = (typeof erasureReasons)[number];

/** The line of a service's audit that says that it has erased an account. */
export interface ErasureLine {
  at: string;
  /** What the ledger keeps beside it. */
  after: { reason?: string } | null;
}

/** How far one service is with the erasure of an account; `unknown` while its answer is missing. */
export type ServiceErasure = { service: Service } & (
  { state: 'erased'; at: string } | { state: 'waiting' } | { state: 'unknown' }
);

/** What is known of an account's erasure. */
export interface Erasure {
  reason: string | undefined;
  services: readonly ServiceErasure[];
}

/** The audit's action by which a service says it: the ledger erases, the others confirm that they followed. */
export function erasingAction(service: Service): string {
  return service === 'ledger' ? 'erase-account' : 'confirm-erasure';
}

/** The erasure by service, the ledger first, for there it begins. */
export function erasureOf({ answers, missing }: Asked<ErasureLine | undefined>): Erasure {
  const told = answers.map(({ service, answer }): ServiceErasure => {
    return answer ? { service, state: 'erased', at: answer.at } : { service, state: 'waiting' };
  });
  const silent = missing.map(({ service }): ServiceErasure => ({ service, state: 'unknown' }));
  const first = answers.find(({ service }) => service === 'ledger')?.answer;
  return {
    reason: first?.after?.reason,
    services: [...told, ...silent].toSorted((a, b) => order(a) - order(b)),
  };
}

function order({ service }: ServiceErasure): number {
  return service === 'ledger' ? 0 : 1;
}

/** Whether every service has said that nothing personal is left in it. */
export function isErasedEverywhere({ services }: Erasure): boolean {
  return services.every(({ state }) => state === 'erased');
}
