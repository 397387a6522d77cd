import { createContext, useContext } from 'react';
import {
  may,
  mayPreview,
  type Action,
  type BulkActionPermission,
  type Resource,
} from '@recoup/service-kit/identity/permissions';

export type Role = Parameters<typeof may>[0];

/**
 * What the session says about its user, `offices` being `["*"]` for all, and when it began, in milliseconds since 1970; and
 * whether the services' day may be set.
 */
export interface Identity {
  user: string;
  name: string;
  role: Role;
  offices: string[];
  testClock: boolean;
  signedInAt: number;
}

export const IdentityContext = createContext<Identity | undefined>(undefined);

/** Who is signed in. Only below the shell, which waits for the answer. */
export function useIdentity(): Identity {
  const identity = useContext(IdentityContext);
  if (!identity) throw new Error('There is no identity outside the shell');
  return identity;
}

/** Asks the services' own role table, so that nothing is offered that would be refused (CON-16). */
export function useMay(): (resource: Resource, action: Action) => boolean {
  const { role } = useIdentity();
  return (resource, action) => may(role, resource, action);
}

/** Whether the user may preview a bulk action of a type; for an undo, of the type it undoes. */
export function useMayPreview(): (type: BulkActionPermission) => boolean {
  const { role } = useIdentity();
  return (type) => mayPreview(role, type);
}
