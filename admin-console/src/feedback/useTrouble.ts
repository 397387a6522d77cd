import { useState } from 'react';
import { isSilent, isTooLate } from '../api/askAgain.js';
import { useAskAgain } from './useAskAgain.js';

/** A question of a page, as queries and lists tell of it. */
export interface Asked {
  data: unknown;
  error: unknown;
  isFetching?: boolean | undefined;
  refetch: () => unknown;
}

/**
 * What stands between a question and its answer; undefined when nothing does. It stays until there is an answer: a query
 * forgets its error while it is asked again, and the page would come and go with it. Where nobody answered it is asked
 * again by itself; what was refused would only be refused again, and what may still be at work is not given more of it.
 */
export function useTrouble({ error, isFetching, refetch }: Asked): unknown {
  const [kept, setKept] = useState<unknown>();
  const trouble = error ?? (isFetching ? kept : undefined);
  if (trouble !== kept) setKept(trouble);
  useAskAgain(!isFetching && trouble !== undefined && isSilent(trouble) && !isTooLate(trouble), refetch);
  return trouble;
}
