import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import { Button, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { listUrl } from '../api/listUrl.js';
import { useText } from '../i18n/useText.js';

interface DownloadMenuProps {
  /** The report's address below `/api`. */
  path: string;
  filter: object;
  disabled?: boolean;
}

const formats = ['csv', 'xlsx'] as const;

/** All of the report as a file, streamed by the service. */
export function DownloadMenu({ path, filter, disabled = false }: DownloadMenuProps) {
  const text = useText();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        variant="outlined"
        startIcon={<DownloadOutlined />}
        aria-haspopup="menu"
        disabled={disabled}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {text('actions.exportMenu')}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {formats.map((format) => (
          <MenuItem
            key={format}
            component="a"
            href={listUrl(`${path}/export`, { filter }, { format })}
            download
            onClick={() => setAnchor(null)}
          >
            {text(`ledgerReports.formats.${format}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
