/** One line of an account's contact data: a label's key and the texts to show. */
export interface ContactLine {
  key: string;
  values: string[];
}

const order = ['name', 'email', 'emails', 'phone', 'phones', 'mobile', 'address', 'addresses', 'language', 'timeZone'];

/**
 * Contact data as lines. Which fields are there, and which are masked, is the service's decision by role; what has no
 * value is left out.
 */
export function contactLines(contact: Record<string, unknown> | null): ContactLine[] {
  const lines = Object.entries(contact ?? {})
    .map(([key, value]) => ({ key, values: texts(value) }))
    .filter(({ values }) => values.length > 0);
  return lines.toSorted((a, b) => place(a.key) - place(b.key));
}

function place(key: string): number {
  const index = order.indexOf(key);
  return index === -1 ? order.length : index;
}

/** A list gives a text an element; an object gives its values in order, as an address is written. */
function texts(value: unknown): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((each) => [texts(each).join(' · ')]).filter((text) => text !== '');
  if (typeof value === 'object') return [Object.values(value).flatMap(texts).join(', ')].filter((text) => text !== '');
  return [String(value)];
}
