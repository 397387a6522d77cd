import { FormControlLabel, Switch } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useCreate, useRefresh, useUpdate } from 'react-admin';
import { CodeField } from '../forms/CodeField.js';
import { isCode } from '../forms/codes.js';
import { FormDialog } from '../forms/FormDialog.js';
import { LineField } from '../forms/LineField.js';
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
  const done = {
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['flags'] });
      refresh();
      onClose();
    },
  };
  const submit = () => {
    if (!flag) void create('flags', { data: values }, done);
    else
      void update(
        'flags',
        { id: flag.id, data: { ...flag, ...values }, previousData: flag },
        { ...done, mutationMode: 'pessimistic' },
      );
  };
  return (
    <FormDialog
      title={flag ? text('flags.editOf', { name: flag.name }) : text('flags.create')}
      submit={text('flags.save')}
      pending={creating.isPending || updating.isPending}
      ready={values.name.trim() !== '' && isCode(values.code)}
      error={creating.error ?? updating.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <LineField
        label={text('flags.name')}
        field="name"
        required
        autoFocus
        value={values.name}
        onChange={(name) => setValues({ ...values, name })}
        lengthMax={60}
      />
      <CodeField
        label={text('flags.code')}
        field="code"
        required
        disabled={flag !== undefined}
        value={values.code}
        onChange={(code) => setValues({ ...values, code })}
      />
      <ColourField value={values.colour ?? ''} onChange={(colour) => setValues({ ...values, colour })} />
      <FormControlLabel
        label={text('flags.activeLabel')}
        control={<Switch checked={values.active} onChange={(_, active) => setValues({ ...values, active })} />}
      />
    </FormDialog>
  );
}
