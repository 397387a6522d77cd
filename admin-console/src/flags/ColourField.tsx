import { Box, FormControl, FormLabel, Radio, RadioGroup } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useText } from '../i18n/useText.js';

/** Colours that tell apart on light and dark. */
export const flagColours = ['#2f7dd1', '#1d8a6b', '#b07d12', '#c2571a', '#b5304a', '#7b4fc9', '#6e7781'] as const;

/** The colour of a flag, by its name for those who can't see it; one chosen elsewhere stands among them. */
export function ColourField({ value, onChange }: { value: string; onChange: (colour: string) => void }) {
  const text = useText();
  const translate = useTranslate();
  const offered =
    flagColours.some((colour) => colour === value) || value === '' ? flagColours : [...flagColours, value];
  return (
    <FormControl>
      <FormLabel>{text('flags.colour')}</FormLabel>
      <RadioGroup row value={value} onChange={(_, colour) => onChange(colour)}>
        {offered.map((colour) => (
          <Radio
            key={colour}
            value={colour}
            icon={<Dot colour={colour} chosen={false} />}
            checkedIcon={<Dot colour={colour} chosen />}
            slotProps={{ input: { 'aria-label': translate(`recoup.flags.colours.${colour.slice(1)}`, { _: colour }) } }}
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
}

function Dot({ colour, chosen }: { colour: string; chosen: boolean }) {
  return (
    <Box
      component="span"
      sx={{
        width: 24,
        height: 24,
        borderRadius: '50%',
        bgcolor: colour,
        outline: chosen ? 2 : 0,
        outlineStyle: 'solid',
        outlineColor: 'text.primary',
        outlineOffset: 2,
      }}
    />
  );
}
