import ExploreOffOutlined from '@mui/icons-material/ExploreOffOutlined';
import { Box, Button } from '@mui/material';
import { Link } from 'react-router';
import { useEffect } from 'react';
import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';
import { Page } from './Page.js';

/** Where an address leads nowhere. What was only just made may be on its way, so it can be looked for again. */
export function NotFoundPage({ onLookAgain }: { onLookAgain?: () => void }) {
  const text = useText();
  const title = text('shell.notFound');
  useEffect(() => {
    document.title = text('shell.windowTitle', { page: title });
  }, [text, title]);
  return (
    <Page>
      <EmptyState
        icon={<ExploreOffOutlined />}
        heading
        title={title}
        hint={[text('shell.notFoundHint'), ...(onLookAgain ? [text('shell.onItsWay')] : [])].join(' ')}
        action={
          <Box sx={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: 1 }}>
            {onLookAgain && <Button onClick={onLookAgain}>{text('shell.lookAgain')}</Button>}
            <Button component={Link} to="/report" variant="contained">
              {text('shell.toReport')}
            </Button>
          </Box>
        }
      />
    </Page>
  );
}
