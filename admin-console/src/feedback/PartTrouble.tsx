import { Alert, Button } from '@mui/material';
import type { ReactNode } from 'react';
import { isSilent, isTooLate } from '../api/askAgain.js';
import { problemOf } from '../api/problem.js';
import { useText } from '../i18n/useText.js';
import { useProblemWords } from '../problems/useProblemWords.js';
import { ErrorPanel } from './ErrorPanel.js';
import { askedAgainAfterSeconds } from './useAskAgain.js';
import { useTrouble, type Asked } from './useTrouble.js';

interface PartTroubleProps {
  query: Asked;
  /** What stands there while the first answer is on its way. */
  waiting?: ReactNode;
}

/**
 * In the place of a part of a page that has no answer: who does not answer, and that it is asked again; or what was refused.
 * Above a part that was answered before: the same, and that it is from before. Nothing where all is well.
 */
export function PartTrouble({ query, waiting = null }: PartTroubleProps) {
  const trouble = useTrouble(query);
  const shown = query.data !== undefined;
  if (trouble === undefined) return shown ? null : <>{waiting}</>;
  const retry = () => void query.refetch();
  if (!isSilent(trouble)) return <ErrorPanel error={trouble} onRetry={retry} />;
  return <Silence error={trouble} shown={shown} busy={query.isFetching ?? false} onRetry={retry} />;
}

interface SilenceProps {
  error: unknown;
  shown: boolean;
  busy: boolean;
  onRetry: () => void;
}

function Silence({ error, shown, busy, onRetry }: SilenceProps) {
  const text = useText();
  const who = useSilent();
  return (
    <Alert
      severity="warning"
      variant="outlined"
      sx={{ m: { xs: 1.5, md: 2 }, bgcolor: 'background.paper' }}
      action={
        <Button color="inherit" size="small" loading={busy} onClick={onRetry}>
          {text('errors.retry')}
        </Button>
      }
    >
      {who(error)} {text(shown ? 'errors.fromBefore' : 'errors.partMissing')}{' '}
      {!isTooLate(error) && text('errors.askedAgain', { seconds: askedAgainAfterSeconds })}
    </Alert>
  );
}

/** How it is said of a service that it does not answer, by the problem's code. */
const silences: ReadonlyMap<string, string> = new Map([
  ['service-unreachable', 'errors.silent'],
  ['service-timeout', 'errors.late'],
]);

/** Who does not answer, as a sentence; what has words of its own, as that the sign-in is out of reach, is told by them. */
function useSilent(): (error: unknown) => string {
  const text = useText();
  const words = useProblemWords();
  return (error) => {
    const problem = problemOf(error);
    const key = problem && silences.get(problem.code);
    if (!problem?.service || key === undefined) return words.sentence(error);
    return text(key, { name: text(`services.${problem.service}`) });
  };
}
