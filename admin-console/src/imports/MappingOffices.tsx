import AddOutlined from '@mui/icons-material/AddOutlined';
import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import { Box, Button, IconButton, Typography } from '@mui/material';
import { LineField } from '../forms/LineField.js';
import { useText } from '../i18n/useText.js';
import type { MappedOffice } from './mapping.js';

const parts = ['code', 'name', 'currency', 'timeZone'] as const;
const lengthsMax = { code: 40, name: 200, currency: 3, timeZone: 60 } as const;
const newOffice: MappedOffice = { code: '', name: '', currency: 'USD', timeZone: 'UTC' };

interface MappingOfficesProps {
  offices: readonly MappedOffice[];
  onChange: (offices: readonly MappedOffice[]) => void;
}

/** Offices that the import makes where they are missing; a file of offices that are known needs none. */
export function MappingOffices({ offices, onChange }: MappingOfficesProps) {
  const text = useText();
  const change = (at: number, part: Partial<MappedOffice>) =>
    onChange(offices.map((office, index) => (index === at ? { ...office, ...part } : office)));
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Typography variant="h3">{text('importMapping.offices')}</Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {text('importMapping.officesHint')}
      </Typography>
      {offices.map((office, index) => (
        <Box
          // Offices have no name of their own until it is typed, and are only added at the end.
          key={index}
          role="group"
          aria-label={text('importMapping.officeOf', { place: index + 1 })}
          sx={{ display: 'grid', gap: 1, gridTemplateColumns: { xs: '1fr 1fr', md: '1fr 2fr 1fr 2fr auto' } }}
        >
          {parts.map((part) => (
            <LineField
              key={part}
              label={text(`importMapping.office.${part}`)}
              field={`mapping.offices.${index}.${part}`}
              value={office[part]}
              required
              onChange={(value) => change(index, { [part]: value })}
              lengthMax={lengthsMax[part]}
            />
          ))}
          <IconButton
            aria-label={text('importMapping.removeOffice', { place: index + 1 })}
            onClick={() => onChange(offices.filter((_, at) => at !== index))}
            sx={{ alignSelf: 'center', justifySelf: 'start' }}
          >
            <DeleteOutlined />
          </IconButton>
        </Box>
      ))}
      <Box>
        <Button startIcon={<AddOutlined />} onClick={() => onChange([...offices, newOffice])}>
          {text('importMapping.addOffice')}
        </Button>
      </Box>
    </Box>
  );
}
