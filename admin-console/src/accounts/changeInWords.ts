/** "stage: not-set → pending" of a line of the audit; nothing when it holds no plain values. */
export function changeInWords(before: unknown, after: unknown): string {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names
    .filter((name) => was[name] !== is[name])
    .map((name) => (name in was ? `${name}: ${was[name]} → ${is[name] ?? '–'}` : `${name}: ${is[name]}`))
    .join(' · ');
}

function fieldsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value).filter(([, each]) => each !== null && typeof each !== 'object');
  const lists = Object.entries(value).filter(([, each]) => Array.isArray(each));
  return Object.fromEntries([
    ...entries.map(([name, each]) => [name, String(each)]),
    ...lists.map(([name, each]) => [name, (each as unknown[]).map(String).join(', ') || '–']),
  ]);
}
