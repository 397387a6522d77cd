import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { isFinished } from '../bulk-actions/bulkAction.js';
import { useMay } from '../api/identity.js';
import { followProgress } from './followProgress.js';
import { merged, type Progress } from './progressList.js';

const ProgressContext = createContext<readonly Progress[]>([]);

/** Follows all bulk actions by one stream a tab, and renews what is on screen when one ends (CON-5). */
export function ProgressProvider({ children }: { children: ReactNode }) {
  const [list, setList] = useState<readonly Progress[]>([]);
  const statuses = useRef(new Map<string, string>());
  const client = useQueryClient();
  const mayRead = useMay()('bulk-actions', 'read');
  useEffect(() => {
    if (!mayRead) return undefined;
    return followProgress((action) => {
      setList((before) => merged(before, action, Date.now()));
      client.setQueryData(['bulk-action', action.id, 'head'], action);
      const turned = statuses.current.get(action.id) !== action.status;
      statuses.current.set(action.id, action.status);
      // What it takes back tells of it: of its beginning, and of its end.
      if (turned && action.undoOf !== null)
        void client.invalidateQueries({ queryKey: ['bulk-action', action.undoOf, 'head'] });
      if (!isFinished(action.status)) return;
      void client.invalidateQueries({ queryKey: ['bulk-action', action.id, 'items'] });
      void client.invalidateQueries({ queryKey: ['report'] });
      void client.invalidateQueries({ queryKey: ['account'] });
    });
  }, [client, mayRead]);
  return <ProgressContext.Provider value={list}>{children}</ProgressContext.Provider>;
}

/** What runs or ended lately, newest first. */
export function useProgressList(): readonly Progress[] {
  return useContext(ProgressContext);
}

/** Accounts a second of one bulk action, when the stream has told of it. */
export function useRate(id: string): number | undefined {
  return useProgressList().find(({ action }) => action.id === id)?.rate;
}
