import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNotify } from 'react-admin';
import { send } from '../api/send.js';
import { useText } from '../i18n/useText.js';
import type { KnownMapping } from './mapping.js';

const path = '/api/ledger/import-mappings';
const mappingsKey = ['import-mappings'];

/**
 * Keeps a mapping under its name, in place of the kept one that it replaces. Pressed again after a cut connection it has one
 * effect: its key stays until it was done or became another.
 */
export function useKeepMapping() {
  const client = useQueryClient();
  const done = useDone('importMapping.kept');
  const attempt = useRef({ of: '', key: '' });
  return useMutation({
    mutationFn: async ({ json, replaced }: { json: string; replaced: KnownMapping | undefined }) => {
      const of = `${replaced?.id ?? ''} ${replaced?.version ?? ''} ${json}`;
      if (attempt.current.of !== of) attempt.current = { of, key: crypto.randomUUID() };
      const options = { body: JSON.parse(json) as object, idempotencyKey: attempt.current.key };
      const { json: kept } = replaced
        ? await send<KnownMapping>(`${path}/${replaced.id}`, {
            ...options,
            method: 'PUT',
            ifMatch: replaced.version ?? undefined,
          })
        : await send<KnownMapping>(path, { ...options, method: 'POST' });
      attempt.current = { of: '', key: '' };
      return kept;
    },
    onSuccess: ({ name }) => done(name),
    // What was replaced or removed meanwhile is seen at once.
    onError: () => client.invalidateQueries({ queryKey: mappingsKey }),
  });
}

/** Removes a kept mapping; imports that it was used for keep it as it was. */
export function useRemoveMapping() {
  const done = useDone('importMapping.removed');
  return useMutation({
    mutationFn: async ({ id, name, version }: KnownMapping) => {
      await send(`${path}/${id}`, { method: 'DELETE', ifMatch: version ?? undefined });
      return name;
    },
    onSuccess: (name) => done(name),
  });
}

function useDone(said: string): (name: string) => Promise<void> {
  const client = useQueryClient();
  const notify = useNotify();
  const text = useText();
  return async (name) => {
    await client.invalidateQueries({ queryKey: mappingsKey });
    notify(text(said, { name }), { type: 'success' });
  };
}
