import { Button } from '@mui/material';
import { Link } from 'react-router';
import { useMay } from '../api/identity.js';
import { useText } from '../i18n/useText.js';
import { isImportOver, type ImportRun } from './importTypes.js';
import { useImportSteering } from './useImportSteering.js';

/** The way on from an import: to the report once it has ended, until then its end, and its resumption where it paused. */
export function ImportControls({ run }: { run: ImportRun }) {
  const text = useText();
  const mayRun = useMay()('imports', 'run');
  const steering = useImportSteering(run.id);
  if (isImportOver(run))
    return (
      <Button component={Link} to="/report" variant="outlined">
        {text('shell.toReport')}
      </Button>
    );
  if (!mayRun) return null;
  return (
    <>
      {run.status === 'paused' && (
        <Button variant="outlined" disabled={steering.isPending} onClick={() => steering.mutate('resume')}>
          {text('imports.resume')}
        </Button>
      )}
      <Button color="error" disabled={steering.isPending} onClick={() => steering.mutate('cancel')}>
        {text('imports.cancel')}
      </Button>
    </>
  );
}
