import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { problemOf, type Problem } from '../api/problem.js';
import { problemOfField, type FieldState } from './fieldProblem.js';
import { useProblemWords } from './useProblemWords.js';

interface FieldProblemsState {
  problem: Problem | undefined;
  currency: string | undefined;
  /** Fields that say beside themselves what is wrong with them, or did until they were changed. */
  fields: ReadonlyMap<string, FieldState>;
  tell: (path: string, state: FieldState) => () => void;
}

const nothing: FieldProblemsState = {
  problem: undefined,
  currency: undefined,
  fields: new Map(),
  tell: () => () => undefined,
};
const FieldProblemsContext = createContext(nothing);

interface FieldProblemsProps {
  /** What the form's request was refused with. */
  error: unknown;
  /** Of the amounts in the form. */
  currency?: string | undefined;
  children: ReactNode;
}

/** Hands a refusal to the fields of a form, so that each says beside itself what concerns it. */
export function FieldProblems({ error, currency, children }: FieldProblemsProps) {
  const problem = problemOf(error);
  const [fields, setFields] = useState<ReadonlyMap<string, FieldState>>(new Map());
  const tell = useCallback((path: string, state: FieldState) => {
    setFields((before) => new Map([...before, [path, state]]));
    return () => setFields((before) => new Map([...before].filter(([each]) => each !== path)));
  }, []);
  const state = useMemo(() => ({ problem, currency, fields, tell }), [problem, currency, fields, tell]);
  return <FieldProblemsContext.Provider value={state}>{children}</FieldProblemsContext.Provider>;
}

/** How the fields of this form stand to what it was refused with. */
export function useFieldProblems(): Pick<FieldProblemsState, 'fields' | 'currency'> {
  return useContext(FieldProblemsContext);
}

/** What a service found wrong with a field, as long as the value is the one that was sent. */
export function useFieldProblem(field: string | undefined, value: string): string | undefined {
  const { problem, currency, tell } = useContext(FieldProblemsContext);
  const words = useProblemWords();
  const [sent, setSent] = useState({ problem, value });
  if (sent.problem !== problem) setSent({ problem, value });
  const found = problem && field !== undefined ? problemOfField(problem.errors ?? [], field) : undefined;
  const path = found?.field;
  const state = sent.value === value ? 'marked' : 'mended';
  useEffect(() => (path === undefined ? undefined : tell(path, state)), [path, state, tell]);
  if (!problem || !found || state === 'mended') return undefined;
  return words.beside(problem, found, currency);
}
