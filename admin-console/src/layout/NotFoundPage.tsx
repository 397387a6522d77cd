import ExploreOffOutlined from '@mui/icons-material/ExploreOffOutlined';
import { Button } from '@mui/material';
import { Link } from 'react-router';
import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';
import { Page } from './Page.js';

export function NotFoundPage() {
  const text = useText();
  return (
    <Page>
      <EmptyState
        icon={<ExploreOffOutlined />}
        heading
        title={text('shell.notFound')}
        hint={text('shell.notFoundHint')}
        action={
          <Button component={Link} to="/report" variant="contained">
            {text('shell.toReport')}
          </Button>
        }
      />
    </Page>
  );
}
