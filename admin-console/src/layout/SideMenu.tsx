import KeyboardDoubleArrowLeft from '@mui/icons-material/KeyboardDoubleArrowLeft';
import KeyboardDoubleArrowRight from '@mui/icons-material/KeyboardDoubleArrowRight';
import { Box, Drawer, IconButton, Toolbar, Tooltip } from '@mui/material';
import { useText } from '../i18n/useText.js';
import { MenuContent } from './MenuContent.js';

interface SideMenuProps {
  drawerOpen: boolean;
  onClose: () => void;
  wide: boolean;
  onToggleWide: () => void;
}

const widthWide = 216;
const widthNarrow = 60;

/** The menu: beside the page where there is room, else a drawer. */
export function SideMenu({ drawerOpen, onClose, wide, onToggleWide }: SideMenuProps) {
  const text = useText();
  const width = wide ? widthWide : widthNarrow;
  const label = wide ? text('shell.narrowMenu') : text('shell.wideMenu');
  const paper = { width, borderColor: 'divider', bgcolor: 'background.paper', overflowX: 'hidden' };
  return (
    <>
      <Drawer
        variant="permanent"
        sx={{ display: { xs: 'none', md: 'block' }, width, flexShrink: 0, '& .MuiDrawer-paper': paper }}
      >
        <Toolbar variant="dense" sx={{ minHeight: 56 }} />
        <MenuContent wide={wide} onChoose={onClose} />
        <Box sx={{ mt: 'auto', p: 1, textAlign: wide ? 'right' : 'center' }}>
          <Tooltip title={label} placement="right">
            <IconButton size="small" onClick={onToggleWide} aria-label={label}>
              {wide ? <KeyboardDoubleArrowLeft /> : <KeyboardDoubleArrowRight />}
            </IconButton>
          </Tooltip>
        </Box>
      </Drawer>
      <Drawer
        variant="temporary"
        open={drawerOpen}
        onClose={onClose}
        sx={{ display: { md: 'none' }, '& .MuiDrawer-paper': { width: 264, bgcolor: 'background.paper' } }}
      >
        <Toolbar variant="dense" sx={{ minHeight: 56 }} />
        <MenuContent wide onChoose={onClose} />
      </Drawer>
    </>
  );
}
