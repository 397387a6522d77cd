import { gone, wrongState } from '@recoup/service-kit';

/** What stays of a kept answer whose personal data were erased. */
export interface ErasedAnswer {
  readonly erased: true;
}

/**
 * Nothing personal is written to an erased account any more (S28).
 * @throws DomainError 409 `erased`
 */
export function requireNotErased({ erasedAt }: { readonly erasedAt: string | null }): void {
  if (erasedAt === null) return;
  throw wrongState('erased', 'The account was erased: nothing personal is kept of it any more.', { erasedAt });
}

/**
 * The kept answer, unless it was erased with its account: the request had its effect and has no second one.
 * @throws DomainError 410 `erased`
 */
export function requireKept<K>(kept: K | ErasedAnswer): K {
  if (typeof kept === 'object' && kept !== null && 'erased' in kept)
    throw gone('erased', 'The request had its effect; what it answered was erased with the account.');
  return kept as K;
}
