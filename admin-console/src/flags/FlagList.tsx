import Add from '@mui/icons-material/Add';
import EditOutlined from '@mui/icons-material/EditOutlined';
import FlagOutlined from '@mui/icons-material/FlagOutlined';
import { Button, IconButton, Switch } from '@mui/material';
import { useState } from 'react';
import { useMay } from '../api/identity.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { ListCard } from '../lists/ListCard.js';
import type { ListColumn } from '../lists/ListTable.js';
import { FlagChip } from './FlagChip.js';
import { FlagDialog } from './FlagDialog.js';
import type { Flag } from './useFlags.js';

/** The flags that accounts may carry, for administrators (COL-2). */
export function FlagList() {
  const text = useText();
  const may = useMay();
  const [edited, setEdited] = useState<Flag | 'new'>();
  const columns: readonly ListColumn<Flag>[] = [
    { key: 'name', label: 'flags.name', sort: 'name', cell: (flag) => <FlagChip name={flag.name} colour={flag.colour} /> },
    { key: 'code', label: 'flags.code', sort: 'code', cell: ({ code }) => code },
    {
      key: 'active',
      label: 'flags.active',
      sort: 'active',
      cell: ({ active, name }) => <Switch size="small" checked={active} disabled slotProps={{ input: { 'aria-label': text('flags.activeOf', { name }) } }} />,
    },
    ...(may('flags', 'edit')
      ? [
          {
            key: 'edit',
            label: 'flags.edit',
            cell: (flag: Flag) => (
              <IconButton size="small" aria-label={text('flags.editOf', { name: flag.name })} onClick={() => setEdited(flag)}>
                <EditOutlined fontSize="small" />
              </IconButton>
            ),
          },
        ]
      : []),
  ];
  return (
    <Page narrow>
      <PageHeader
        title={text('menu.flags')}
        below={text('flags.hint')}
        actions={
          may('flags', 'create') && (
            <Button variant="contained" startIcon={<Add />} onClick={() => setEdited('new')}>{text('flags.create')}</Button>
          )
        }
      />
      <ListCard<Flag>
        resource="flags"
        sort={{ field: 'name', order: 'ASC' }}
        columns={columns}
        empty={<EmptyState icon={<FlagOutlined />} title={text('flags.noneYet')} hint={text('flags.noneYetHint')} />}
      />
      {edited && <FlagDialog flag={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </Page>
  );
}
