import { Link } from '@mui/material';
import { useText } from '../i18n/useText.js';

/** The first stop of the Tab key: past bar and menu to the page. */
export function SkipLink() {
  const text = useText();
  return (
    <Link
      href="#main-content"
      sx={{
        position: 'fixed',
        left: 12,
        top: -60,
        zIndex: 2000,
        p: 1.25,
        borderRadius: 1,
        bgcolor: 'primary.main',
        color: 'primary.contrastText',
        '&:focus': { top: 8 },
      }}
    >
      {text('shell.skip')}
    </Link>
  );
}
