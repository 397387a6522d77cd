import ExpandMore from '@mui/icons-material/ExpandMore';
import { Button, Popover } from '@mui/material';
import { useState, type KeyboardEvent, type ReactNode } from 'react';

interface DaysPopoverProps {
  /** The days that are chosen, as the button shows them. */
  label: string;
  /** What is chosen, for those who hear the page. */
  title: string;
  icon: ReactNode;
  width: number;
  children: (popover: DaysPopoverControl) => ReactNode;
}

/** How what stands in the popover closes it. */
export interface DaysPopoverControl {
  close: () => void;
  /** For a field: Enter closes. */
  closeOnEnter: (event: KeyboardEvent) => void;
}

/** The button beside a report's heading that names its days and opens what chooses them. */
export function DaysPopover({ label, title, icon, width, children }: DaysPopoverProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  const closeOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    // Closing hands the focus back to the button, which the same key would press at once.
    event.preventDefault();
    close();
  };
  return (
    <>
      <Button
        variant="outlined"
        size="large"
        startIcon={icon}
        endIcon={<ExpandMore />}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ fontSize: '1rem', fontWeight: 650, bgcolor: 'background.paper', color: 'text.primary', minHeight: 42 }}
      >
        {label}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{
          paper: {
            sx: { mt: 0.75, p: 2, width, border: 1, borderColor: 'divider' },
            role: 'dialog',
            'aria-label': title,
          },
        }}
      >
        {children({ close, closeOnEnter })}
      </Popover>
    </>
  );
}
