import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { readSort, writtenSort } from '../lists/addressedSort.js';
import type { ShownSort } from '../lists/SortLabel.js';

/** The sort of the list that a page shows, kept in its address: a link shows the same order, and so does coming back. */
export function useSortInAddress(fallback: ShownSort): { sort: ShownSort; onSort: (sort: ShownSort) => void } {
  const [query, setQuery] = useSearchParams();
  const asked = query.get('sort');
  const sort = useMemo(() => readSort(asked, fallback), [asked, fallback]);
  const onSort = (next: ShownSort) =>
    setQuery(
      (now) => {
        const written = writtenSort(next, fallback);
        const address = new URLSearchParams(now);
        if (written === undefined) address.delete('sort');
        else address.set('sort', written);
        return address;
      },
      { replace: true },
    );
  return { sort, onSort };
}
