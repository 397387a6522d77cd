import englishMessages from 'ra-language-english';
import { accounts } from './accounts.en.js';
import { bulkActions } from './bulkActions.en.js';
import { erasures } from './erasures.en.js';
import { fieldNames } from './fieldNames.en.js';
import { importMapping } from './importMapping.en.js';
import { joined, type Texts } from './joined.js';
import { ledger } from './ledger.en.js';
import { ledgerReports } from './ledgerReports.en.js';
import { operations } from './operations.en.js';
import { payers } from './payers.en.js';
import { problems } from './problems.en.js';
import { report } from './report.en.js';

/** Every text of the console in English, those of an area in a file of its own; nothing is written in a component. */
const recoup = {
  shell: {
    product: 'Recoup',
    windowTitle: '%{page} · Recoup',
    skip: 'Skip to the page',
    menu: 'Main menu',
    openMenu: 'Open the menu',
    narrowMenu: 'Show icons only',
    wideMenu: 'Show names',
    toLight: 'Light colours',
    toDark: 'Dark colours',
    userMenu: 'Signed in as %{name}',
    allOffices: 'all offices',
    signOut: 'Sign out',
    signIn: 'Sign in',
    signedOut: 'You are signed out',
    notFound: 'There is nothing at this address',
    notFoundHint: 'The link may be old, or it leads to something that your offices do not include.',
    toReport: 'Go to the Collections report',
  },
  menu: {
    work: 'Work',
    data: 'Data',
    administration: 'Administration',
    report: 'Collections report',
    bulkActions: 'Bulk actions',
    deliveries: 'Agency files',
    imports: 'Import',
    flags: 'Flags',
    parked: 'Parked messages',
  },
  roles: { collector: 'Collector', supervisor: 'Supervisor', administrator: 'Administrator', auditor: 'Auditor' },
  errors: {
    title: 'This did not work',
    network: 'The service can not be reached. Check the connection and try again.',
    retry: 'Try again',
    missingServices:
      '%{names} does not answer just now. What it recorded is missing here. |||| %{names} do not answer just now. What they recorded is missing here.',
    refusedByService: '%{name}: %{said} What it recorded is missing here.',
  },
  forms: {
    lacking: 'Fill in the fields with *, and mend what is marked.',
    kept: 'Stays for ever, even when the account is erased: no names.',
  },
  search: {
    label: 'Find an account',
    placeholder: 'Find an account by number or name',
    typeMore: 'Type at least two letters',
    none: 'No account matches',
    loading: 'Searching…',
  },
  stages: { 'not-set': 'Not Set', pending: 'Pending', sent: 'Sent' },
  accountStatuses: { active: 'Active', frozen: 'Frozen', closed: 'Closed' },
  services: {
    ledger: 'Ledger',
    collections: 'Collections',
    precollections: 'Precollections',
    messaging: 'Messaging',
  },
} as const;

export const en = {
  ...englishMessages,
  recoup: [
    report,
    bulkActions,
    accounts,
    operations,
    ledger,
    payers,
    ledgerReports,
    importMapping,
    erasures,
    problems,
    fieldNames,
  ].reduce<Texts>(joined, recoup),
};
