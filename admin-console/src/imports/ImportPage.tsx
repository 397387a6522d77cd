import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { isNotFound } from '../api/problem.js';
import { useMay } from '../api/identity.js';
import { NotAllowed } from '../forms/NotAllowed.js';
import { useText } from '../i18n/useText.js';
import { NotFoundPage } from '../layout/NotFoundPage.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { ImportHistory } from './ImportHistory.js';
import { ImportResult } from './ImportResult.js';
import { ImportUpload } from './ImportUpload.js';
import { useImportRun } from './useImportRun.js';

/** Upload of receivables, and the imports before (LED-60). */
export function ImportPage() {
  return <Imports />;
}

/** The same with one import above: its progress and what was refused. */
export function ImportRunPage({ id }: { id: string }) {
  const query = useImportRun(id);
  if (isNotFound(query.error)) return <NotFoundPage onLookAgain={() => void query.refetch()} />;
  return <Imports result={<ImportResult query={query} />} />;
}

function Imports({ result }: { result?: ReactNode }) {
  const text = useText();
  const may = useMay();
  const navigate = useNavigate();
  return (
    <Page narrow>
      <PageHeader title={text('menu.imports')} below={text('imports.hint')} />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        {result}
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
