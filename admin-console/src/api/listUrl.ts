export interface ListRequest {
  filter?: object;
  /** First and last row, counted from 0, both included. */
  range?: readonly [number, number];
  sort?: readonly [field: string, order: 'ASC' | 'DESC'];
}

/** A list's address in the manner of simple-rest: `?filter={}&range=[0,24]&sort=["name","ASC"]`. */
export function listUrl(
  path: string,
  { filter, range, sort }: ListRequest,
  further: Record<string, string> = {},
): string {
  const query = new URLSearchParams();
  if (filter) query.set('filter', JSON.stringify(filter));
  if (range) query.set('range', JSON.stringify(range));
  if (sort) query.set('sort', JSON.stringify(sort));
  for (const [name, value] of Object.entries(further)) query.set(name, value);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The number of all rows that match, from `Content-Range: report 0-24/319`; undefined when it is not given. */
export function totalOf(contentRange: string | null): number | undefined {
  const match = /\/(\d+)$/.exec(contentRange ?? '');
  return match ? Number(match[1]) : undefined;
}
