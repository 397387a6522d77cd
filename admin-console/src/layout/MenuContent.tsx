import { Box, List, ListItemButton, ListItemIcon, ListItemText, ListSubheader, Tooltip } from '@mui/material';
import { NavLink, useLocation } from 'react-router';
import { useMay } from '../api/identity.js';
import { useText } from '../i18n/useText.js';
import { menuSections, type MenuEntry } from './menuItems.js';

/** The entries that this role may open, by section (CON-16). */
export function MenuContent({ wide, onChoose }: { wide: boolean; onChoose: () => void }) {
  const text = useText();
  const may = useMay();
  return (
    <Box component="nav" aria-label={text('shell.menu')} sx={{ px: 1, pt: 1 }}>
      {menuSections.map(({ key, entries }) => {
        const offered = entries.filter(({ needs }) => may(...needs));
        if (offered.length === 0) return null;
        return (
          <List
            key={key}
            dense
            subheader={
              <ListSubheader
                disableSticky
                sx={{
                  bgcolor: 'transparent',
                  lineHeight: '30px',
                  px: 1.25,
                  fontSize: 12,
                  visibility: wide ? 'visible' : 'hidden',
                }}
              >
                {text(`menu.${key}`)}
              </ListSubheader>
            }
          >
            {offered.map((entry) => (
              <Entry key={entry.key} entry={entry} wide={wide} onChoose={onChoose} />
            ))}
          </List>
        );
      })}
    </Box>
  );
}

function Entry({ entry, wide, onChoose }: { entry: MenuEntry; wide: boolean; onChoose: () => void }) {
  const text = useText();
  const { pathname } = useLocation();
  const label = text(`menu.${entry.key}`);
  const Icon = entry.icon;
  return (
    <li>
      <Tooltip title={wide ? '' : label} placement="right">
        <ListItemButton
          component={NavLink}
          to={entry.path}
          onClick={onChoose}
          selected={pathname === entry.path || pathname.startsWith(`${entry.path}/`)}
          aria-label={label}
          sx={{
            borderRadius: 1,
            minHeight: 38,
            px: 1.25,
            mb: 0.25,
            '&.Mui-selected': { bgcolor: (theme) => theme.palette.tokens.accentSoft, color: 'primary.main' },
            '&.Mui-selected .MuiListItemIcon-root': { color: 'inherit' },
          }}
        >
          <ListItemIcon sx={{ minWidth: 34 }}>
            <Icon fontSize="small" />
          </ListItemIcon>
          {wide && <ListItemText primary={label} slotProps={{ primary: { sx: { fontWeight: 600, fontSize: 14 } } }} />}
        </ListItemButton>
      </Tooltip>
    </li>
  );
}
