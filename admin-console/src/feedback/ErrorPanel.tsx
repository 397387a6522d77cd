import { Alert, AlertTitle, Box, Button } from '@mui/material';
import { problemOf } from '../api/problem.js';
import { useText } from '../i18n/useText.js';

/** An error in words: what the service said, else that it could not be reached, and a way on. */
export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const text = useText();
  const problem = problemOf(error);
  const detail = problem?.detail ?? (error instanceof TypeError ? text('errors.network') : messageOf(error));
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
      <AlertTitle>{problem?.title ?? text('errors.title')}</AlertTitle>
      {detail}
      {problem?.errors && problem.errors.length > 0 && (
        <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5 }}>
          {problem.errors.map(({ field, message, expected }) => (
            <li key={`${field} ${message}`}>
              <strong>{field}</strong> {message}
              {expected && `: ${expected}`}
            </li>
          ))}
        </Box>
      )}
    </Alert>
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
