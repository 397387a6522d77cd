import { Admin, CustomRoutes, Resource } from 'react-admin';
import { createBrowserRouter, Route, RouterProvider } from 'react-router';
import { authProvider } from './api/authProvider.js';
import { dataProvider } from './api/dataProvider.js';
import { preferenceStore } from './api/store.js';
import { AccountPage } from './accounts/AccountPage.js';
import { ReferPage } from './agency-referrals/ReferPage.js';
import { BulkActionList } from './bulk-actions/BulkActionList.js';
import { BulkActionPage } from './bulk-actions/BulkActionPage.js';
import { DeliveryList } from './deliveries/DeliveryList.js';
import { FlagList } from './flags/FlagList.js';
import { i18nProvider } from './i18n/i18nProvider.js';
import { ImportPage, ImportRunPage } from './imports/ImportPage.js';
import { NotFoundPage } from './layout/NotFoundPage.js';
import { OfId } from './layout/OfId.js';
import { Shell } from './layout/Shell.js';
import { SignedInPage } from './layout/SignedInPage.js';
import { SignInPage } from './layout/SignInPage.js';
import { ParkedMessageList } from './operations/ParkedMessageList.js';
import { OutstandingPage } from './outstanding/OutstandingPage.js';
import { PayerList } from './payers/PayerList.js';
import { NewPayerPage, PayerPage } from './payers/PayerPage.js';
import { queryClient } from './api/queryClient.js';
import { ReportPage } from './report/ReportPage.js';
import { darkTheme, lightTheme } from './theme/theme.js';
import { TrialBalancePage } from './trial-balance/TrialBalancePage.js';
import { WriteOffSettingsPage } from './write-offs/WriteOffSettingsPage.js';

const store = preferenceStore(globalThis.localStorage);

// A router of this kind lets a page ask before it is left.
const router = createBrowserRouter([{ path: '*', element: <Console /> }]);

export function App() {
  return <RouterProvider router={router} />;
}

function Nowhere() {
  return <NotFoundPage />;
}

/** The whole console on one screen: what can be opened, and where. */
function Console() {
  return (
    <Admin
      authProvider={authProvider}
      dataProvider={dataProvider}
      i18nProvider={i18nProvider}
      queryClient={queryClient}
      store={store}
      lightTheme={lightTheme}
      darkTheme={darkTheme}
      layout={Shell}
      loginPage={SignInPage}
      catchAll={Nowhere}
      disableTelemetry
      requireAuth
    >
      <Resource name="report" list={ReportPage} />
      <Resource name="accounts">
        <Route path=":id" element={<OfId page={AccountPage} />} />
        <Route path=":id/refer" element={<OfId page={ReferPage} />} />
        <Route path="*" element={<NotFoundPage />} />
      </Resource>
      <Resource name="bulk-actions" list={BulkActionList}>
        <Route path=":id" element={<OfId page={BulkActionPage} />} />
        <Route path=":id/*" element={<NotFoundPage />} />
      </Resource>
      <Resource name="trial-balance" list={TrialBalancePage} />
      <Resource name="agency-outstanding" list={OutstandingPage} />
      <Resource name="payers" list={PayerList}>
        <Route path="new" element={<NewPayerPage />} />
        <Route path=":id" element={<OfId page={PayerPage} />} />
        <Route path=":id/*" element={<NotFoundPage />} />
      </Resource>
      <Resource name="write-off-settings" list={WriteOffSettingsPage} />
      <Resource name="imports" list={ImportPage}>
        <Route path=":id" element={<OfId page={ImportRunPage} />} />
        <Route path=":id/*" element={<NotFoundPage />} />
      </Resource>
      <Resource name="deliveries" list={DeliveryList} />
      <Resource name="flags" list={FlagList} />
      <Resource name="parked-messages" list={ParkedMessageList} />
      <CustomRoutes noLayout>
        <Route path="/signed-in" element={<SignedInPage />} />
      </CustomRoutes>
    </Admin>
  );
}
