import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import { Box, Button, Chip, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { fetchList } from '../api/fetchList.js';
import { useReason } from '../bulk-actions/useReason.js';
import { ScrollArea } from '../layout/ScrollArea.js';
import { useText } from '../i18n/useText.js';
import { Count } from '../lists/Count.js';
import { ReportPager } from '../report/ReportPager.js';
import { useProblemWords } from '../problems/useProblemWords.js';
import { saveErrorReport } from './saveErrorReport.js';
import { shownOutcome, type ImportRun, type Rejection, type ShownOutcome } from './importTypes.js';

interface RejectionsTableProps {
  id: string;
  fileName: string;
  status: ImportRun['status'];
  total: number;
  /** How many rows have their result: with each, outcomes beside warnings may be others. */
  ended: number;
  over: boolean;
}

/** Each row that was refused or is doubtful: line, column, value, reason; and all of them as a file. */
export function RejectionsTable({ id, fileName, status, total, ended, over }: RejectionsTableProps) {
  const text = useText();
  const reason = useReason();
  const notify = useNotify();
  const words = useProblemWords();
  const [page, setPage] = useState(1);
  const [pageSize, setPageSize] = useState(25);
  const { data } = useQuery({
    queryKey: ['import', id, 'rejections', page, pageSize, over ? status : `${total} ${ended}`],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const range = [(page - 1) * pageSize, page * pageSize - 1] as const;
      return fetchList<Rejection>(`/api/ledger/imports/${id}/rejections`, { range, sort: ['line', 'ASC'] }, { signal });
    },
  });
  const download = useMutation({
    mutationFn: () => saveErrorReport(id, fileName),
    onError: (error) => notify(words.notice(error), { type: 'error' }),
  });
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider' }}>
      <Box
        sx={{
          px: 2.5,
          py: 1.5,
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: 1,
          flexWrap: 'wrap',
        }}
      >
        <Typography variant="h3" component="h2">
          {text('imports.errorReport')}
        </Typography>
        {over ? (
          <Button
            size="small"
            variant="outlined"
            startIcon={<DownloadOutlined />}
            loading={download.isPending}
            onClick={() => download.mutate()}
          >
            {text('imports.downloadErrors')}
          </Button>
        ) : (
          <Typography variant="caption" sx={{ color: 'text.secondary' }}>
            {text('imports.downloadLater')}
          </Typography>
        )}
      </Box>
      <ScrollArea label={text('imports.errorReport')}>
        <Table size="small" aria-label={text('imports.errorReport')} sx={{ minWidth: 640 }}>
          <TableHead>
            <TableRow>
              <TableCell align="right">{text('imports.line')}</TableCell>
              <TableCell>{text('imports.column')}</TableCell>
              <TableCell>{text('imports.value')}</TableCell>
              <TableCell>{text('imports.reason')}</TableCell>
              <TableCell>{text('imports.outcome')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {(data?.rows ?? []).map((rejection) => (
              <TableRow key={rejection.id}>
                <TableCell align="right">
                  <Count of={rejection.line} />
                </TableCell>
                <TableCell>{rejection.column}</TableCell>
                <TableCell sx={{ fontFamily: 'monospace', minWidth: 96, maxWidth: 220, overflowWrap: 'anywhere' }}>
                  {rejection.value}
                </TableCell>
                <TableCell>
                  {reason(rejection.reason)}
                  {rejection.detail && (
                    <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
                      {rejection.detail}
                    </Typography>
                  )}
                </TableCell>
                <TableCell>
                  <Outcome of={shownOutcome(rejection, status)} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollArea>
      {(data?.total ?? 0) > 10 && (
        <ReportPager total={data?.total} page={page} pageSize={pageSize} onPage={setPage} onPageSize={setPageSize} />
      )}
    </Box>
  );
}

const refusals: readonly ShownOutcome[] = ['refused', 'refusedOtherwise'];

/** What became of the row. */
function Outcome({ of }: { of: ShownOutcome }) {
  const text = useText();
  const color = refusals.includes(of) ? 'error' : 'warning';
  return <Chip size="small" variant="outlined" color={color} label={text(`imports.outcomes.${of}`)} />;
}
