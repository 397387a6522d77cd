import { mkdirSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Adapter, StoredPayload } from 'oidc-provider';

interface Entry {
  payload: StoredPayload;
  /** Milliseconds since 1970; null means that it never expires. */
  expiresAt: number | null;
}

/**
 * What the issuer must remember (sessions, grants, codes, refresh tokens), in one JSON file. It is small, so the whole
 * file is written at each change, beside itself and renamed; changes that arrive during a write share the next one, and
 * nobody is answered before his change is on the disk.
 */
export class Store {
  private readonly entries: Map<string, Entry>;
  private writing: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  constructor(private readonly path: string) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.entries = new Map(Object.entries(readEntries(path)));
  }

  get(key: string): StoredPayload | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined || (entry.expiresAt !== null && entry.expiresAt <= Date.now())) return undefined;
    return structuredClone(entry.payload);
  }

  find(matches: (key: string, payload: StoredPayload) => boolean): StoredPayload | undefined {
    for (const [key, entry] of this.entries) if (matches(key, entry.payload)) return this.get(key);
    return undefined;
  }

  async set(key: string, payload: StoredPayload, expiresInSeconds?: number): Promise<void> {
    const expiresAt = expiresInSeconds === undefined ? null : Date.now() + expiresInSeconds * 1000;
    this.entries.set(key, { payload: structuredClone(payload), expiresAt });
    await this.save();
  }

  async patch(key: string, change: StoredPayload): Promise<void> {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    Object.assign(entry.payload, change);
    await this.save();
  }

  async deleteWhere(matches: (key: string, payload: StoredPayload) => boolean): Promise<void> {
    for (const [key, entry] of this.entries) if (matches(key, entry.payload)) this.entries.delete(key);
    await this.save();
  }

  /** Resolves when everything changed so far is on the disk. */
  save(): Promise<void> {
    if (this.writing === undefined) {
      this.writing = this.write().finally(() => (this.writing = undefined));
      return this.writing;
    }
    this.next ??= this.writing
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.save();
      });
    return this.next;
  }

  private async write(): Promise<void> {
    const now = Date.now();
    for (const [key, entry] of this.entries) {
      if (entry.expiresAt !== null && entry.expiresAt <= now) this.entries.delete(key);
    }
    const temporary = `${this.path}.${process.pid}.part`;
    await writeFile(temporary, JSON.stringify(Object.fromEntries(this.entries)), { mode: 0o600 });
    await rename(temporary, this.path);
  }
}

function readEntries(path: string): Record<string, Entry> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Entry>;
  } catch {
    // No file yet, or one that cannot be read: people sign in again, which is better than no issuer.
    return {};
  }
}

/** The adapter of one model over the store. `findClient` answers for clients, which are derived and never stored. */
export function storeAdapter(
  store: Store,
  model: string,
  findClient: (clientId: string) => StoredPayload | undefined,
): Adapter {
  const keyOf = (id: string): string => `${model}:${id}`;
  const belongs = (key: string): boolean => key.startsWith(`${model}:`);
  return {
    upsert: (id, payload, expiresIn) => store.set(keyOf(id), payload, expiresIn),
    find: async (id) => (model === 'Client' ? findClient(id) : store.get(keyOf(id))),
    findByUid: async (uid) => store.find((key, payload) => belongs(key) && payload['uid'] === uid),
    findByUserCode: async () => undefined,
    consume: (id) => store.patch(keyOf(id), { consumed: Math.floor(Date.now() / 1000) }),
    destroy: (id) => store.deleteWhere((key) => key === keyOf(id)),
    revokeByGrantId: (grantId) => store.deleteWhere((key, payload) => belongs(key) && payload['grantId'] === grantId),
  };
}
