import {
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Stack,
  Switch,
  TextField,
} from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useCreate, useRefresh, useUpdate } from 'react-admin';
import { problemOf } from '../api/problem.js';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { useText } from '../i18n/useText.js';
import { ColourField, flagColours } from './ColourField.js';
import type { Flag } from './useFlags.js';

/** Makes or changes a flag; its code is for programs and stays. */
export function FlagDialog({ flag, onClose }: { flag: Flag | undefined; onClose: () => void }) {
  const text = useText();
  const refresh = useRefresh();
  const client = useQueryClient();
  const [values, setValues] = useState({
    code: flag?.code ?? '',
    name: flag?.name ?? '',
    colour: flag?.colour ?? flagColours[0],
    active: flag?.active ?? true,
  });
  const [create, creating] = useCreate();
  const [update, updating] = useUpdate();
  const error = creating.error ?? updating.error;
  const fieldProblem = (field: string) => problemOf(error)?.errors?.find((each) => each.field === field)?.message;
  const done = {
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['flags'] });
      refresh();
      onClose();
    },
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!flag) void create('flags', { data: values }, done);
    else
      void update(
        'flags',
        { id: flag.id, data: { ...flag, ...values }, previousData: flag },
        { ...done, mutationMode: 'pessimistic' },
      );
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="flag-title">
      <form onSubmit={submit}>
        <DialogTitle id="flag-title">
          {flag ? text('flags.editOf', { name: flag.name }) : text('flags.create')}
        </DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2, pt: 1 }}>
            <TextField
              label={text('flags.name')}
              required
              autoFocus
              value={values.name}
              onChange={({ target }) => setValues({ ...values, name: target.value })}
              error={fieldProblem('name') !== undefined}
              helperText={fieldProblem('name')}
              slotProps={{ htmlInput: { maxLength: 60 } }}
            />
            <TextField
              label={text('flags.code')}
              required
              disabled={flag !== undefined}
              value={values.code}
              onChange={({ target }) => setValues({ ...values, code: target.value })}
              error={fieldProblem('code') !== undefined}
              helperText={fieldProblem('code') ?? text('flags.codeHint')}
              slotProps={{ htmlInput: { maxLength: 40, pattern: '[A-Za-z0-9][A-Za-z0-9._\\-]*' } }}
            />
            <ColourField value={values.colour ?? ''} onChange={(colour) => setValues({ ...values, colour })} />
            <FormControlLabel
              label={text('flags.activeLabel')}
              control={<Switch checked={values.active} onChange={(_, active) => setValues({ ...values, active })} />}
            />
          </Stack>
          {error && (
            <Box sx={{ mx: -3 }}>
              <ErrorPanel error={error} />
            </Box>
          )}
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2.5 }}>
          <Button onClick={onClose}>{text('actions.cancel')}</Button>
          <Button type="submit" variant="contained" loading={creating.isPending || updating.isPending}>
            {text('flags.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
