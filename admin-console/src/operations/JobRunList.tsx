import ScheduleOutlined from '@mui/icons-material/ScheduleOutlined';
import { Chip } from '@mui/material';
import { Day } from '../dates/Day.js';
import { Instant } from '../dates/Instant.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { ListCard } from '../lists/ListCard.js';
import type { ListColumn } from '../lists/ListTable.js';

/** One run of a job. */
interface JobRun {
  id: string;
  job: string;
  officeCode: string | null;
  businessDate: string | null;
  status: string;
  startedAt: string | null;
  finishedAt: string | null;
  counts: Record<string, number> | null;
  actor: string;
}

/** The history of the jobs (JOB-1). */
export function JobRunList() {
  const text = useText();
  return (
    <Page>
      <PageHeader title={text('menu.jobRuns')} below={text('jobs.hint')} />
      <ListCard<JobRun>
        resource="job-runs"
        sort={{ field: 'startedAt', order: 'DESC' }}
        columns={columns}
        empty={<EmptyState icon={<ScheduleOutlined />} title={text('jobs.noneYet')} hint={text('jobs.noneYetHint')} />}
      />
    </Page>
  );
}

function Counts({ counts }: { counts: Record<string, number> | null }) {
  const entries = Object.entries(counts ?? {});
  return <>{entries.map(([name, value]) => `${name} ${value.toLocaleString(navigator.language)}`).join(' · ')}</>;
}

const columns: readonly ListColumn<JobRun>[] = [
  { key: 'job', label: 'jobs.job', cell: ({ job }) => job },
  { key: 'office', label: 'report.columns.officeCode', cell: ({ officeCode }) => officeCode },
  { key: 'businessDate', label: 'jobs.businessDate', cell: ({ businessDate }) => <Day date={businessDate} /> },
  {
    key: 'status',
    label: 'jobs.status',
    cell: ({ status }) => <Chip size="small" variant="outlined" label={status} />,
  },
  { key: 'startedAt', label: 'jobs.startedAt', sort: 'startedAt', cell: ({ startedAt }) => <Instant at={startedAt} /> },
  { key: 'finishedAt', label: 'jobs.finishedAt', cell: ({ finishedAt }) => <Instant at={finishedAt} /> },
  { key: 'counts', label: 'jobs.counts', cell: ({ counts }) => <Counts counts={counts} /> },
  { key: 'actor', label: 'bulkActions.by', cell: ({ actor }) => actor },
];
