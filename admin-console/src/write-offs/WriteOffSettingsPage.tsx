import { useQuery } from '@tanstack/react-query';
import { send } from '../api/send.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { PageSkeleton } from '../layout/PageSkeleton.js';
import { WriteOffSettingsForm } from './WriteOffSettingsForm.js';
import type { WriteOffSettings } from './writeOffSettings.js';

/** How many custom write-offs are in use, and their names (LED-12). */
export function WriteOffSettingsPage() {
  const text = useText();
  const query = useQuery({
    queryKey: ['write-off-settings'],
    queryFn: async ({ signal }) => (await send<WriteOffSettings>('/api/ledger/write-off-settings', { signal })).json,
  });
  const { data } = query;
  return (
    <Page narrow>
      <PageHeader title={text('menu.writeOffSettings')} below={text('writeOffs.hint')} />
      <PartTrouble query={query} waiting={<PageSkeleton />} />
      {data && <WriteOffSettingsForm key={data.version} settings={data} />}
    </Page>
  );
}
