import { Alert, AlertTitle, Box, Button } from '@mui/material';
import type { ReactNode } from 'react';
import { problemOf } from '../api/problem.js';
import { useText } from '../i18n/useText.js';
import { remainderOf } from '../problems/fieldProblem.js';
import { useFieldProblems } from '../problems/FieldProblems.js';
import { useProblemWords } from '../problems/useProblemWords.js';

/**
 * An error in words: what was refused, else that the service could not be reached, and a way on. What a field of the
 * form says beside itself is not said again; of the others each is named, with what would be right.
 */
export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const text = useText();
  const words = useProblemWords();
  const { fields: states, currency } = useFieldProblems();
  const problem = problemOf(error);
  const { untold, fields } = remainderOf(problem?.errors ?? [], states);
  if (problem && untold.length === 0 && fields === 'mended')
    return <Panel severity="info">{text('problems.mended')}</Panel>;
  return (
    <Panel
      severity="error"
      action={
        onRetry && (
          <Button color="inherit" size="small" onClick={onRetry}>
            {text('errors.retry')}
          </Button>
        )
      }
    >
      <AlertTitle>{words.title(error)}</AlertTitle>
      {untold.length === 0 && fields === 'marked' ? text('problems.besideFields') : words.sentence(error)}
      {problem && untold.length > 0 && (
        <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5 }}>
          {untold.map((each) => (
            <li key={`${each.field} ${each.message}`}>
              <strong>{words.label(problem, each.field)}:</strong> {words.told(each, currency)}
            </li>
          ))}
        </Box>
      )}
    </Panel>
  );
}

interface PanelProps {
  severity: 'error' | 'info';
  action?: ReactNode;
  children: ReactNode;
}

function Panel({ severity, action, children }: PanelProps) {
  return (
    <Alert
      severity={severity}
      variant="outlined"
      sx={{ m: { xs: 1.5, md: 3 }, bgcolor: 'background.paper' }}
      action={action}
    >
      {children}
    </Alert>
  );
}
