import { Box, Toolbar } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { usePermissions, useStore } from 'react-admin';
import { IdentityContext, type Identity } from '../api/identity.js';
import { ProgressProvider } from '../progress/ProgressProvider.js';
import { PageErrors } from './PageErrors.js';
import { PageSkeleton } from './PageSkeleton.js';
import { SessionEnded } from './SessionEnded.js';
import { SideMenu } from './SideMenu.js';
import { SkipLink } from './SkipLink.js';
import { TopBar } from './TopBar.js';
import { useSlashKey } from './useSlashKey.js';

/** The frame of every page: bar on top, menu beside, and the page itself. */
export function Shell({ children }: { children: ReactNode }) {
  const { permissions: identity } = usePermissions<Identity>();
  const [drawerOpen, setDrawerOpen] = useState(false);
  const [wide, setWide] = useStore<boolean>('sidebar.open', true);
  useSlashKey();
  if (!identity) return <PageSkeleton />;
  return (
    <IdentityContext.Provider value={identity}>
      <ProgressProvider>
        <SkipLink />
        <Box sx={{ display: 'flex', minHeight: '100vh', bgcolor: 'background.default', color: 'text.primary' }}>
          <TopBar onMenu={() => setDrawerOpen(true)} />
          <SideMenu
            drawerOpen={drawerOpen}
            onClose={() => setDrawerOpen(false)}
            wide={wide}
            onToggleWide={() => setWide(!wide)}
          />
          <Box component="main" id="main-content" tabIndex={-1} sx={{ flex: 1, minWidth: 0, outline: 'none' }}>
            <Toolbar variant="dense" sx={{ minHeight: 56 }} />
            <PageErrors>{children}</PageErrors>
          </Box>
        </Box>
        <SessionEnded />
      </ProgressProvider>
    </IdentityContext.Provider>
  );
}
