import { Alert, Box, Button, Card } from '@mui/material';
import { useId, useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { useMay } from '../api/identity.js';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { Lacking } from '../forms/Lacking.js';
import { isCode } from '../forms/codes.js';
import { NotAllowed } from '../forms/NotAllowed.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { FieldProblems } from '../problems/FieldProblems.js';
import { PayerRules } from './PayerRules.js';
import { PayerSettings } from './PayerSettings.js';
import { PayerTabs, usePayerTab } from './PayerTabs.js';
import type { Payer } from './payer.js';
import { useSavePayer } from './useSavePayer.js';

/** Both tabs are one form with one Save, so that nothing typed is lost by changing the tab. */
export function PayerForm({ payer }: { payer: Payer }) {
  const text = useText();
  const may = useMay();
  const tab = usePayerTab();
  const [values, setValues] = useState(payer);
  const save = useSavePayer(payer);
  const isNew = payer.id === '';
  const mayChange = may('payers', isNew ? 'create' : 'edit') && payer.type !== 'self';
  const ready = values.name.trim() !== '' && isCode(values.code);
  const lackingId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(values);
  };
  return (
    <Page narrow>
      <PageHeader
        title={isNew ? text('payers.create') : payer.name}
        below={isNew ? text('payers.createHint') : text('payers.below', { code: payer.code })}
      />
      <Card component="form" noValidate onSubmit={submit}>
        <PayerTabs tab={tab} />
        <Box role="tabpanel" id="payer-panel" aria-labelledby={`tab-${tab}`} sx={{ p: { xs: 2, md: 3 } }}>
          {payer.type === 'self' && (
            <Alert severity="info" sx={{ mb: 2 }}>
              {text('payers.selfHint')}
            </Alert>
          )}
          {payer.type !== 'self' && !mayChange && (
            <NotAllowed what={text('payers.readOnly')} needs={['payers', isNew ? 'create' : 'edit']} sx={{ mb: 2 }} />
          )}
          <FieldProblems error={save.error}>
            {tab === 'settings' ? (
              <PayerSettings values={values} onChange={setValues} readOnly={!mayChange} isNew={isNew} />
            ) : (
              <PayerRules values={values} onChange={setValues} readOnly={!mayChange} />
            )}
            {save.error && <ErrorPanel error={save.error} />}
          </FieldProblems>
        </Box>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, px: { xs: 2, md: 3 }, pb: 2.5 }}>
          {mayChange && (
            <Button
              type="submit"
              variant="contained"
              loading={save.isPending}
              disabled={!ready}
              aria-describedby={ready ? undefined : lackingId}
            >
              {text('payers.save')}
            </Button>
          )}
          <Button component={Link} to="/payers">
            {text(mayChange ? 'actions.cancel' : 'payers.toList')}
          </Button>
          {mayChange && <Lacking id={lackingId} shown={!ready} words={text('payers.lacking')} />}
        </Box>
      </Card>
    </Page>
  );
}
