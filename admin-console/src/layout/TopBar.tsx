import MenuIcon from '@mui/icons-material/Menu';
import { AppBar, Box, IconButton, Toolbar } from '@mui/material';
import { useText } from '../i18n/useText.js';
import { ProgressTray } from '../progress/ProgressTray.js';
import { AccountSearch } from './AccountSearch.js';
import { Brand } from './Brand.js';
import { ModeToggle } from './ModeToggle.js';
import { UserMenu } from './UserMenu.js';

/** The bar on top: search, what runs at the moment, and who is signed in. */
export function TopBar({ onMenu }: { onMenu: () => void }) {
  const text = useText();
  return (
    <AppBar
      position="fixed"
      elevation={0}
      sx={{
        bgcolor: 'background.paper',
        color: 'text.primary',
        borderBottom: 1,
        borderColor: 'divider',
        zIndex: (theme) => theme.zIndex.drawer + 1,
      }}
    >
      <Toolbar variant="dense" sx={{ minHeight: 56, gap: { xs: 0.5, sm: 1.5 }, px: { xs: 1, sm: 2 } }}>
        <IconButton onClick={onMenu} aria-label={text('shell.openMenu')} sx={{ display: { md: 'none' } }}>
          <MenuIcon />
        </IconButton>
        <Box sx={{ width: { md: 196 }, display: { xs: 'none', sm: 'block' } }}>
          <Brand />
        </Box>
        <Box sx={{ flex: 1, maxWidth: 520 }}>
          <AccountSearch />
        </Box>
        <Box sx={{ ml: 'auto', display: 'flex', alignItems: 'center', gap: 0.5 }}>
          <ProgressTray />
          <ModeToggle />
          <UserMenu />
        </Box>
      </Toolbar>
    </AppBar>
  );
}
