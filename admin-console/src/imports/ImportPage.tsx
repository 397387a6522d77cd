import { Box } from '@mui/material';
import { useNavigate, useParams } from 'react-router';
import { useMay } from '../api/identity.js';
import { NotAllowed } from '../forms/NotAllowed.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { ImportHistory } from './ImportHistory.js';
import { ImportResult } from './ImportResult.js';
import { ImportUpload } from './ImportUpload.js';

/** Upload of receivables, its progress and what was refused, and the imports before (LED-60). */
export function ImportPage() {
  const text = useText();
  const may = useMay();
  const navigate = useNavigate();
  const { id } = useParams();
  return (
    <Page narrow>
      <PageHeader title={text('menu.imports')} below={text('imports.hint')} />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        {id && <ImportResult key={id} id={id} />}
        {may('imports', 'create') ? (
          <ImportUpload onStarted={(started) => void navigate(`/imports/${started.id}`)} />
        ) : (
          <NotAllowed what={text('imports.notAllowed')} needs={['imports', 'create']} />
        )}
        <ImportHistory />
      </Box>
    </Page>
  );
}
