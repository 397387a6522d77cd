import { FormControl, FormControlLabel, FormHelperText, FormLabel, Radio, RadioGroup, Stack } from '@mui/material';
import { useText } from '../i18n/useText.js';
import type { Payer } from './payer.js';

interface PayerRulesProps {
  values: Payer;
  onChange: (values: Payer) => void;
  readOnly: boolean;
}

const rules = ['skipGroupNumberCheck', 'skipPolicyIdCheck'] as const;

/** What an assignment of the payer to an account must carry, and what it need not (LED-11). */
export function PayerRules({ values, onChange, readOnly }: PayerRulesProps) {
  const text = useText();
  return (
    <Stack sx={{ gap: 2.5 }}>
      {rules.map((rule) => (
        <FormControl key={rule} disabled={readOnly}>
          <FormLabel id={rule}>{text(`payers.rules.${rule}`)}</FormLabel>
          <RadioGroup
            row
            aria-labelledby={rule}
            value={values[rule] ? 'yes' : 'no'}
            onChange={(_, value) => onChange({ ...values, [rule]: value === 'yes' })}
          >
            {(['no', 'yes'] as const).map((answer) => (
              <FormControlLabel key={answer} value={answer} control={<Radio />} label={text(`payers.${answer}`)} />
            ))}
          </RadioGroup>
          <FormHelperText sx={{ mx: 0 }}>{text(`payers.ruleHints.${rule}`)}</FormHelperText>
        </FormControl>
      ))}
    </Stack>
  );
}
