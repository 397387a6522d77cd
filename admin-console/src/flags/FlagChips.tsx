import { Box, Tooltip, Typography } from '@mui/material';
import { Name } from '../reference-data/Name.js';
import { FlagChip } from './FlagChip.js';
import { useFlags } from './useFlags.js';

/** The flags of an account; beyond the first two a number, with the names on demand. */
export function FlagChips({ codes, shownMax = 2 }: { codes: readonly string[]; shownMax?: number }) {
  const { byCode, nameOf } = useFlags();
  const named = codes.map((code) => ({ code, name: nameOf(code), colour: byCode.get(code)?.colour }));
  const rest = named.slice(shownMax);
  return (
    <Box sx={{ display: 'flex', gap: 0.5, alignItems: 'center' }}>
      {named.slice(0, shownMax).map(({ code, name, colour }) => (
        <FlagChip key={code} name={<Name of={name} width={48} />} colour={colour} />
      ))}
      {rest.length > 0 && (
        <Tooltip title={rest.map(({ name }) => name).join(', ')}>
          <Typography component="span" variant="body2" sx={{ color: 'text.secondary' }} tabIndex={0}>
            {`+${rest.length}`}
          </Typography>
        </Tooltip>
      )}
    </Box>
  );
}
