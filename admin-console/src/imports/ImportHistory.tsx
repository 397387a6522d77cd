import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import { Chip, Link, Typography } from '@mui/material';
import { Link as RouterLink } from 'react-router';
import { Instant } from '../dates/Instant.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';
import { Count } from '../lists/Count.js';
import { ListCard } from '../lists/ListCard.js';
import type { ListColumn } from '../lists/ListTable.js';
import { shownStatus, type ImportRun, type ShownStatus } from './importTypes.js';

/** The imports before, newest first. */
export function ImportHistory() {
  const text = useText();
  return (
    <section>
      <Typography variant="h2" sx={{ mb: 1, mt: 1 }}>
        {text('imports.history')}
      </Typography>
      <ListCard<ImportRun>
        resource="imports"
        sort={{ field: 'createdAt', order: 'DESC' }}
        columns={columns}
        refreshEveryMilliseconds={5_000}
        empty={
          <EmptyState
            icon={<UploadFileOutlined />}
            title={text('imports.noneYet')}
            hint={text('imports.noneYetHint')}
          />
        }
      />
    </section>
  );
}

const colors: Partial<Record<ShownStatus, 'success' | 'warning' | 'error'>> = {
  completed: 'success',
  'completed-with-failures': 'warning',
  'not-taken': 'error',
};

function Status({ run }: { run: ImportRun }) {
  const text = useText();
  const status = shownStatus(run);
  return (
    <Chip size="small" variant="outlined" color={colors[status] ?? 'info'} label={text(`imports.statuses.${status}`)} />
  );
}

const columns: readonly ListColumn<ImportRun>[] = [
  {
    key: 'createdAt',
    label: 'imports.createdAt',
    sort: 'createdAt',
    cell: ({ createdAt }) => <Instant at={createdAt} />,
  },
  {
    key: 'file',
    label: 'imports.fileName',
    sort: 'fileName',
    cell: ({ id, fileName }) => (
      <Link component={RouterLink} to={`/imports/${id}`} underline="hover" sx={{ fontWeight: 600 }}>
        {fileName}
      </Link>
    ),
  },
  { key: 'mapping', label: 'imports.mapping', cell: ({ mapping }) => mapping },
  { key: 'status', label: 'imports.status', cell: (run) => <Status run={run} /> },
  { key: 'booked', label: 'imports.counts.booked', numeric: true, cell: ({ counts }) => <Count of={counts.booked} /> },
  { key: 'known', label: 'imports.counts.known', numeric: true, cell: ({ counts }) => <Count of={counts.known} /> },
  {
    key: 'refused',
    label: 'imports.counts.refused',
    numeric: true,
    cell: ({ counts }) => <Count of={counts.refused} />,
  },
  { key: 'actor', label: 'bulkActions.by', cell: ({ actor }) => actor },
];
