import { Avatar, Box, Divider, IconButton, Menu, MenuItem, Typography } from '@mui/material';
import { useState } from 'react';
import { useLogout } from 'react-admin';
import { useIdentity } from '../api/identity.js';
import { useText } from '../i18n/useText.js';

/** Who is signed in, in which role and for which offices; and the way out. */
export function UserMenu() {
  const text = useText();
  const signOut = useLogout();
  const { name, user, role, offices } = useIdentity();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const initials = (name || user).slice(0, 1).toUpperCase();
  const where = offices.includes('*') ? text('shell.allOffices') : offices.join(', ');
  return (
    <>
      <IconButton
        aria-label={text('shell.userMenu', { name: name || user })}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ p: 0.75 }}
      >
        <Avatar
          sx={{
            width: 30,
            height: 30,
            fontSize: 14,
            fontWeight: 650,
            bgcolor: 'primary.main',
            color: 'primary.contrastText',
          }}
        >
          {initials}
        </Avatar>
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <Box sx={{ px: 2, py: 1, minWidth: 220 }}>
          <Typography sx={{ fontWeight: 650 }}>{name || user}</Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {text(`roles.${role}`)} · {where}
          </Typography>
        </Box>
        <Divider />
        <MenuItem onClick={() => void signOut()}>{text('shell.signOut')}</MenuItem>
      </Menu>
    </>
  );
}
