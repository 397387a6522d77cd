import Add from '@mui/icons-material/Add';
import EditOutlined from '@mui/icons-material/EditOutlined';
import FlagOutlined from '@mui/icons-material/FlagOutlined';
import { Button, IconButton } from '@mui/material';
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
  const columns = columnsOf(text, may('flags', 'edit') ? setEdited : undefined);
  return (
    <Page narrow>
      <PageHeader
        title={text('menu.flags')}
        below={text('flags.hint')}
        actions={
          may('flags', 'create') && (
            <Button variant="contained" startIcon={<Add />} onClick={() => setEdited('new')}>
              {text('flags.create')}
            </Button>
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

/** The list's columns; `onEdit` is absent for those who may only look. */
function columnsOf(
  text: ReturnType<typeof useText>,
  onEdit: ((flag: Flag) => void) | undefined,
): readonly ListColumn<Flag>[] {
  const shown: ListColumn<Flag>[] = [
    {
      key: 'name',
      label: 'flags.name',
      sort: 'name',
      cell: ({ name, colour }) => <FlagChip name={name} colour={colour} />,
    },
    { key: 'code', label: 'flags.code', sort: 'code', cell: ({ code }) => code },
    {
      key: 'active',
      label: 'flags.state',
      sort: 'active',
      cell: ({ active }) => text(active ? 'flags.active' : 'flags.inactive'),
    },
  ];
  if (!onEdit) return shown;
  const edit: ListColumn<Flag> = {
    key: 'edit',
    label: 'flags.edit',
    cell: (flag) => (
      <IconButton size="small" aria-label={text('flags.editOf', { name: flag.name })} onClick={() => onEdit(flag)}>
        <EditOutlined fontSize="small" />
      </IconButton>
    ),
  };
  return [...shown, edit];
}
