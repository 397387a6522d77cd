import BoltOutlined from '@mui/icons-material/BoltOutlined';
import ExpandMore from '@mui/icons-material/ExpandMore';
import { Box, Button, Divider, Menu, MenuItem, Typography } from '@mui/material';
import { useState } from 'react';
import { useMay, useMayPreview } from '../api/identity.js';
import { useText } from '../i18n/useText.js';
import type { ReportFilter } from '../report/reportFilter.js';
import type { ReportTotals } from '../report/reportTypes.js';
import type { ReportSort } from '../report/useReportFilter.js';
import { selectionSize, type Selection } from '../selection/selection.js';
import { ActionDialog } from './ActionDialog.js';
import { ExportMenuItems } from './ExportMenuItems.js';
import { reportActions, type ReportAction } from './actionTypes.js';

interface ActionsMenuProps {
  selection: Selection;
  filter: ReportFilter;
  /** The order of the screen, in which an export is written. */
  sort: ReportSort;
  totals: readonly ReportTotals[];
}

/** What can be done with the selection: what this version does and this role may (CON-4, CON-16). */
export function ActionsMenu({ selection, filter, sort, totals }: ActionsMenuProps) {
  const text = useText();
  const may = useMay();
  const mayPreview = useMayPreview();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [chosen, setChosen] = useState<ReportAction>();
  const size = selectionSize(selection, totals);
  const offered = reportActions.filter((type) => type !== 'export' && mayPreview(type));
  const exports = may('report', 'export');
  if (offered.length === 0 && !exports) return null;
  return (
    <>
      <Button
        variant="contained"
        startIcon={<BoltOutlined />}
        endIcon={<ExpandMore />}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {text(offered.length > 0 ? 'actions.menu' : 'actions.exportMenu')}
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        slotProps={{ paper: { sx: { minWidth: 260 } } }}
      >
        {offered.length > 0 && size.accounts === 0 && (
          <Box component="li" sx={{ px: 2, py: 0.75 }}>
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              {text('actions.selectFirst')}
            </Typography>
          </Box>
        )}
        {offered.map((type) => (
          <MenuItem
            key={type}
            disabled={size.accounts === 0}
            onClick={() => {
              setChosen(type);
              setAnchor(null);
            }}
          >
            {text(`actions.types.${type}`)}
          </MenuItem>
        ))}
        {offered.length > 0 && exports && <Divider />}
        {exports && (
          <ExportMenuItems
            selection={selection}
            filter={filter}
            sort={sort}
            totals={totals}
            onDone={() => setAnchor(null)}
            onBulk={() => {
              setChosen('export');
              setAnchor(null);
            }}
          />
        )}
      </Menu>
      {chosen && <ActionDialog type={chosen} selection={selection} size={size} onClose={() => setChosen(undefined)} />}
    </>
  );
}
