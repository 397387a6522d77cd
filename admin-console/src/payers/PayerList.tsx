import AccountBalanceOutlined from '@mui/icons-material/AccountBalanceOutlined';
import Add from '@mui/icons-material/Add';
import { Button, Chip, Link } from '@mui/material';
import { Link as RouterLink } from 'react-router';
import { useMay } from '../api/identity.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { ListCard } from '../lists/ListCard.js';
import type { ListColumn } from '../lists/ListTable.js';
import type { Payer } from './payer.js';

/** Everybody who may be responsible for paying: insurers, agencies, and the account itself (LED-11). */
export function PayerList() {
  const text = useText();
  const may = useMay();
  return (
    <Page narrow>
      <PageHeader
        title={text('menu.payers')}
        below={text('payers.hint')}
        actions={
          may('payers', 'create') && (
            <Button variant="contained" startIcon={<Add />} component={RouterLink} to="/payers/new">
              {text('payers.create')}
            </Button>
          )
        }
      />
      <ListCard<Payer>
        resource="payers"
        sort={{ field: 'name', order: 'ASC' }}
        columns={columnsOf(text)}
        empty={
          <EmptyState
            icon={<AccountBalanceOutlined />}
            title={text('payers.noneYet')}
            hint={text('payers.noneYetHint')}
          />
        }
      />
    </Page>
  );
}

function columnsOf(text: ReturnType<typeof useText>): readonly ListColumn<Payer>[] {
  const rule = (skips: boolean) => text(skips ? 'payers.notAsked' : 'payers.asked');
  return [
    {
      key: 'name',
      label: 'payers.name',
      sort: 'name',
      cell: ({ id, name }) => (
        <Link component={RouterLink} to={`/payers/${id}`} sx={{ fontWeight: 600 }}>
          {name}
        </Link>
      ),
    },
    { key: 'code', label: 'payers.code', sort: 'code', cell: ({ code }) => code },
    { key: 'type', label: 'payers.type', cell: ({ type }) => text(`payers.types.${type}`) },
    {
      key: 'group',
      label: 'payers.groupNumber',
      cell: ({ type, skipGroupNumberCheck }) => (type === 'self' ? '' : rule(skipGroupNumberCheck)),
    },
    {
      key: 'policy',
      label: 'payers.policyId',
      cell: ({ type, skipPolicyIdCheck }) => (type === 'self' ? '' : rule(skipPolicyIdCheck)),
    },
    {
      key: 'active',
      label: 'payers.state',
      cell: ({ active }) => (
        <Chip
          size="small"
          variant="outlined"
          color={active ? 'success' : 'default'}
          label={text(active ? 'payers.active' : 'payers.inactive')}
        />
      ),
    },
  ];
}
