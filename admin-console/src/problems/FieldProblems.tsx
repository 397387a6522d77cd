import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { problemOf, type Problem } from '../api/problem.js';
import { problemOfField } from './fieldProblem.js';
import { useProblemWords } from './useProblemWords.js';

interface FieldProblemsState {
  problem: Problem | undefined;
  currency: string | undefined;
  /** Fields that show what is wrong with them beside themselves. */
  shown: ReadonlySet<string>;
  show: (path: string) => () => void;
}

const nothing: FieldProblemsState = {
  problem: undefined,
  currency: undefined,
  shown: new Set(),
  show: () => () => undefined,
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
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const show = useCallback((path: string) => {
    setShown((before) => new Set([...before, path]));
    return () => setShown((before) => new Set([...before].filter((each) => each !== path)));
  }, []);
  const state = useMemo(() => ({ problem, currency, shown, show }), [problem, currency, shown, show]);
  return <FieldProblemsContext.Provider value={state}>{children}</FieldProblemsContext.Provider>;
}

/** What is refused of this form, and which of its fields say so themselves. */
export function useFieldProblems(): Pick<FieldProblemsState, 'shown' | 'currency'> {
  return useContext(FieldProblemsContext);
}

/** What a service found wrong with a field, as long as the value is the one that was sent. */
export function useFieldProblem(field: string | undefined, value: string): string | undefined {
  const { problem, currency, show } = useContext(FieldProblemsContext);
  const words = useProblemWords();
  const [sent, setSent] = useState({ problem, value });
  if (sent.problem !== problem) setSent({ problem, value });
  const found = problem && field !== undefined ? problemOfField(problem.errors ?? [], field) : undefined;
  const path = found?.field;
  useEffect(() => (path === undefined ? undefined : show(path)), [path, show]);
  if (!problem || !found || sent.value !== value) return undefined;
  return words.beside(problem, found, currency);
}
