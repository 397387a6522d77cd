/** One field that a line of the audit tells of; `before` is undefined where there was none. */
export interface AuditChange {
  field: string;
  before: string | undefined;
  after: string | undefined;
}

/** Ids, versions, and the currency, which stands beside each amount anyway. */
const hidden = /id$|^(currency|reverses|returns|version)$/i;

/** What changed between the two states of a line of the audit; ids tell a person nothing and are left out. */
export function auditChanges(before: unknown, after: unknown): AuditChange[] {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names
    .filter((field) => is[field] !== undefined && was[field] !== is[field] && !hidden.test(field))
    .map((field) => ({ field, before: was[field], after: is[field] }));
}

/** Plain values and lists of them as text; what is nested deeper is not for one line. */
function fieldsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const fields: Record<string, string> = {};
  for (const [name, each] of Object.entries(value)) {
    if (Array.isArray(each)) fields[name] = each.map(String).join(', ');
    else if (each !== null && typeof each !== 'object') fields[name] = String(each);
  }
  return fields;
}
