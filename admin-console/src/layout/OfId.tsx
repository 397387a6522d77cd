import type { ComponentType } from 'react';
import { useParams } from 'react-router';
import { NotFoundPage } from './NotFoundPage.js';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A page of one thing. Where the address holds what can be no id it leads nowhere, and no service is asked. */
export function OfId({ page: PageOf }: { page: ComponentType<{ id: string }> }) {
  const { id = '' } = useParams();
  return uuid.test(id) ? <PageOf key={id} id={id} /> : <NotFoundPage />;
}
