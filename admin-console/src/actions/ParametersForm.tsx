import {
  FormControl,
  FormControlLabel,
  FormHelperText,
  FormLabel,
  Radio,
  RadioGroup,
  Stack,
  Switch,
} from '@mui/material';
import { useText } from '../i18n/useText.js';
import { stages } from '../report/reportTypes.js';
import { FlagFields } from './FlagFields.js';
import { WriteOffField } from './WriteOffField.js';
import type { ActionParameters } from './actionParameters.js';

interface ParametersFormProps {
  parameters: ActionParameters;
  onChange: (parameters: ActionParameters) => void;
}

const formats = ['xlsx', 'csv'] as const;

/** The fields of one action. */
export function ParametersForm({ parameters, onChange }: ParametersFormProps) {
  const text = useText();
  switch (parameters.type) {
    case 'flags':
      return <FlagFields values={parameters.values} onChange={(values) => onChange({ type: 'flags', values })} />;
    case 'update-stage':
      return (
        <Choice
          label={text('actions.newStage')}
          options={stages.map((value) => ({ value, label: text(`stages.${value}`) }))}
          value={parameters.values.stage}
          onChange={(stage) => onChange({ type: 'update-stage', values: { stage } })}
        />
      );
    case 'write-off':
      return (
        <WriteOffField
          code={parameters.values.transactionTypeCode}
          onChange={(transactionTypeCode) => onChange({ type: 'write-off', values: { transactionTypeCode } })}
        />
      );
    case 'send-to-arm':
      return (
        <FormControl>
          <FormControlLabel
            label={text('actions.setStageToSent')}
            control={
              <Switch
                checked={parameters.values.setStageToSent}
                onChange={(_, setStageToSent) => onChange({ type: 'send-to-arm', values: { setStageToSent } })}
              />
            }
          />
          <FormHelperText>{text('actions.armHint')}</FormHelperText>
        </FormControl>
      );
    case 'export':
      return (
        <Choice
          label={text('actions.format')}
          options={formats.map((value) => ({ value, label: text(`actions.formats.${value}`) }))}
          value={parameters.values.format}
          onChange={(format) => onChange({ type: 'export', values: { format } })}
        />
      );
  }
}

interface ChoiceProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T | '';
  onChange: (value: T) => void;
}

function Choice<T extends string>({ label, options, value, onChange }: ChoiceProps<T>) {
  return (
    <FormControl>
      <FormLabel>{label}</FormLabel>
      <RadioGroup
        value={value}
        onChange={(_, next) => options.forEach((option) => option.value === next && onChange(option.value))}
      >
        <Stack>
          {options.map((option) => (
            <FormControlLabel key={option.value} value={option.value} label={option.label} control={<Radio />} />
          ))}
        </Stack>
      </RadioGroup>
    </FormControl>
  );
}
