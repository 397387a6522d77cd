import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Skeleton, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { useText } from '../i18n/useText.js';
import { readBeginning } from './readBeginning.js';

/** How much of a file the preview reads; the rest is for the download. */
const previewBytesMax = 64 * 1024;

/** The beginning of a file as the agency gets it. */
export function FilePreview({ name, path, onClose }: { name: string; path: string; onClose: () => void }) {
  const text = useText();
  const { data, error } = useQuery({
    queryKey: ['file', path],
    gcTime: 0,
    queryFn: () => readBeginning(path, previewBytesMax),
  });
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby="file-title">
      <DialogTitle id="file-title">{name}</DialogTitle>
      <DialogContent>
        {error && <ErrorPanel error={error} />}
        {!data && !error && <Skeleton variant="rounded" height={300} />}
        {data && (
          <Box
            component="pre"
            tabIndex={0}
            sx={{
              m: 0,
              p: 2,
              border: 1,
              borderColor: 'divider',
              borderRadius: 1,
              bgcolor: (theme) => theme.palette.tokens.raised,
              fontSize: '0.8125rem',
              lineHeight: 1.55,
              overflow: 'auto',
              maxHeight: '60vh',
            }}
          >
            {data.text}
          </Box>
        )}
        {data && !data.whole && (
          <Typography variant="caption" sx={{ color: 'text.secondary' }}>
            {text('deliveries.onlyBeginning')}
          </Typography>
        )}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button href={path} download startIcon={<DownloadOutlined />}>
          {text('deliveries.download')}
        </Button>
        <Button variant="contained" onClick={onClose}>
          {text('actions.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
