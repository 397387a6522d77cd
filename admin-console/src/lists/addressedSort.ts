import type { ShownSort } from './SortLabel.js';

/** The sort that an address asks for as `field.ORDER`; the fallback where it asks for none that can be. */
export function readSort(asked: string | null, fallback: ShownSort): ShownSort {
  const [, field, order] = /^(\w{1,40})\.(ASC|DESC)$/.exec(asked ?? '') ?? [];
  if (field === undefined) return fallback;
  return { field, order: order === 'ASC' ? 'ASC' : 'DESC' };
}

/** A sort as it stands in an address; undefined for the one that holds without. */
export function writtenSort({ field, order }: ShownSort, fallback: ShownSort): string | undefined {
  return field === fallback.field && order === fallback.order ? undefined : `${field}.${order}`;
}
