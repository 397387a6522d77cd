import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import PreviewOutlined from '@mui/icons-material/PreviewOutlined';
import ReplayOutlined from '@mui/icons-material/ReplayOutlined';
import { Box, IconButton, Tooltip } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useRefresh } from 'react-admin';
import { useMay } from '../api/identity.js';
import { send } from '../api/send.js';
import { useText } from '../i18n/useText.js';
import { useProblemWords } from '../problems/useProblemWords.js';
import { FilePreview } from './FilePreview.js';
import type { Delivery } from './delivery.js';

/** Look at a file, download it, and send a failed one again; for those who may. */
export function DeliveryButtons({ delivery }: { delivery: Delivery }) {
  const text = useText();
  const may = useMay();
  const notify = useNotify();
  const words = useProblemWords();
  const refresh = useRefresh();
  const [open, setOpen] = useState(false);
  const path = `/api/collections/deliveries/${delivery.id}`;
  const resend = useMutation({
    mutationFn: () => send(`${path}/resend`, { method: 'POST', body: {} }),
    onSuccess: refresh,
    onError: (error) => notify(words.notice(error), { type: 'error' }),
  });
  const file = delivery.fileName;
  return (
    <Box sx={{ display: 'flex' }}>
      {may('deliveries', 'export') && (
        <>
          <Tooltip title={text('deliveries.preview')}>
            <IconButton size="small" aria-label={text('deliveries.previewOf', { file })} onClick={() => setOpen(true)}>
              <PreviewOutlined fontSize="small" />
            </IconButton>
          </Tooltip>
          <Tooltip title={text('deliveries.download')}>
            <IconButton
              size="small"
              aria-label={text('deliveries.downloadOf', { file })}
              href={`${path}/file`}
              download
            >
              <DownloadOutlined fontSize="small" />
            </IconButton>
          </Tooltip>
        </>
      )}
      {delivery.status === 'failed' && may('deliveries', 'run') && (
        <Tooltip title={text('deliveries.resend')}>
          <IconButton
            size="small"
            aria-label={text('deliveries.resendOf', { file })}
            disabled={resend.isPending}
            onClick={() => resend.mutate()}
          >
            <ReplayOutlined fontSize="small" />
          </IconButton>
        </Tooltip>
      )}
      {open && <FilePreview name={file} path={`${path}/file`} onClose={() => setOpen(false)} />}
    </Box>
  );
}
