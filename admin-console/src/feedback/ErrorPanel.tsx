import { Alert, AlertTitle, Box, Button } from '@mui/material';
import { problemOf } from '../api/problem.js';
import { useText } from '../i18n/useText.js';
import { useFieldProblems } from '../problems/FieldProblems.js';
import { useProblemWords } from '../problems/useProblemWords.js';

/** An error in words: what was refused, else that the service could not be reached, and a way on. */
export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const text = useText();
  const words = useProblemWords();
  const { shown, currency } = useFieldProblems();
  const problem = problemOf(error);
  const errors = problem?.errors ?? [];
  const elsewhere = errors.filter(({ field }) => !shown.has(field));
  const unsaid = elsewhere.flatMap((each) => {
    const said = problem && words.unsaid(problem, each, currency);
    return said ? [{ field: each.field, said }] : [];
  });
  return (
    <Alert
      severity="error"
      variant="outlined"
      sx={{ m: { xs: 1.5, md: 3 }, bgcolor: 'background.paper' }}
      action={
        onRetry && (
          <Button color="inherit" size="small" onClick={onRetry}>
            {text('errors.retry')}
          </Button>
        )
      }
    >
      <AlertTitle>{words.title(error)}</AlertTitle>
      {errors.length > 0 && elsewhere.length === 0 ? text('problems.besideFields') : words.sentence(error)}
      {unsaid.length > 0 && (
        <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5 }}>
          {unsaid.map(({ field, said }) => (
            <li key={`${field} ${said}`}>
              <strong>{words.label(field)}:</strong> {said}
            </li>
          ))}
        </Box>
      )}
    </Alert>
  );
}
