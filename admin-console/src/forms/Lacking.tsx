import { Typography } from '@mui/material';
import { useText } from '../i18n/useText.js';

interface LackingProps {
  /** By which the button is described. */
  id: string;
  shown: boolean;
  /** What all forms say unless told. */
  words?: string | undefined;
  /** What stands there when nothing lacks. */
  otherwise?: string | undefined;
}

/** Beside a button that can't be pressed yet: why. Its place stays when it goes, so that nothing jumps. */
export function Lacking({ id, shown, words, otherwise = '' }: LackingProps) {
  const text = useText();
  return (
    <Typography
      id={id}
      variant="caption"
      sx={{ color: 'text.secondary', flex: { xs: '1 1 100%', sm: '1 1 0' }, minWidth: 0, textAlign: 'left' }}
    >
      {shown ? (words ?? text('forms.lacking')) : otherwise}
    </Typography>
  );
}
