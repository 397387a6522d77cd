import { Box } from '@mui/material';
import { Count } from '../lists/Count.js';

const lateDays = 90;

/** Days past due; long ones weigh more, by strength of the letter and not by colour alone. */
export function DaysPastDue({ days }: { days: number }) {
  const late = days > lateDays;
  return (
    <Box
      component="span"
      sx={{
        fontWeight: late ? 650 : 'inherit',
        color: late ? 'error.main' : days === 0 ? 'text.secondary' : 'inherit',
      }}
    >
      <Count of={days} />
    </Box>
  );
}
