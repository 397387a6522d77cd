import { memoryStore, type Store } from 'react-admin';

const prefix = 'recoup.';
/** All that outlives the page: how the console looks to this person. Searches, lists and selections never do (S22). */
const kept = new Set(['theme', 'sidebar.open', 'report.columns', 'report.pageSize']);

/** react-admin's store in memory, except for those few preferences, which are kept in the browser. */
export function preferenceStore(storage: Storage | undefined): Store {
  const memory = memoryStore(read(storage));
  return {
    ...memory,
    setItem(key, value) {
      memory.setItem(key, value);
      if (kept.has(key)) write(() => storage?.setItem(prefix + key, JSON.stringify(value)));
    },
    removeItem(key) {
      memory.removeItem(key);
      if (kept.has(key)) write(() => storage?.removeItem(prefix + key));
    },
  };
}

function read(storage: Storage | undefined): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const key of kept) {
    try {
      const text = storage?.getItem(prefix + key);
      if (text) values[key] = JSON.parse(text);
    } catch {
      // A preference that can't be read is one that was never set.
    }
  }
  return values;
}

/** A browser that refuses storage only forgets the preference. */
function write(action: () => void): void {
  try {
    action();
  } catch {
    // Full or forbidden: the preference lasts as long as the page.
  }
}
