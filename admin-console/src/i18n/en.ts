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
    notFoundHint: 'The link may be old or cut short, or it leads to something that your offices do not include.',
    onItsWay: 'What was made a moment ago may still be on its way.',
    lookAgain: 'Look again',
    toReport: 'Go to the Collections report',
  },
  session: {
    ended: 'Your session has ended',
    nothingLost:
      'Nothing on this page is lost. Sign in again as %{name}, in a new tab; then this page goes on where it is.',
    somebodyElse:
      '%{other} has signed in meanwhile, and this page is still that of %{name}. Sign in as %{name}, or load the page anew: then what is filled in here is lost.',
    otherRights:
      'Your role or your offices have changed meanwhile, and this page still shows what they were. Load it anew: what is filled in here is lost.',
    loadAnew: 'Load the page anew',
    signedIn: 'You are signed in again',
    signedInHint: 'The tab in which you were goes on by itself. This one can be closed.',
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
    silent: '%{name} does not answer just now.',
    late: '%{name} took too long to answer.',
    partMissing: 'What it has for this place is missing.',
    fromBefore: 'What is shown is from before.',
    askedAgain: 'It is asked again every %{seconds} seconds.',
    missingServices:
      '%{names} does not answer just now. What it recorded is missing here. |||| %{names} do not answer just now. What they recorded is missing here.',
    refusedByService: '%{name}: %{said} What it recorded is missing here.',
  },
  forms: {
    lacking: 'Fill in the fields with *, and mend what is marked.',
    notAllowed:
      '%{what} needs the role %{roles}; you are signed in as %{role}. Roles are given by whoever manages the sign-ins of your organization.',
    code: 'Begins with a letter or digit, and has letters, digits, - _ and . only.',
    leaveTitle: 'Leave this unfinished?',
    leave: 'Leave',
    stay: 'Stay',
    kept: 'Stays for ever, even when the account is erased: no names.',
  },
  search: {
    label: 'Find an account',
    placeholder: 'Find an account by number or name',
    typeMore: 'Type at least two letters',
    none: 'No account matches',
    failed: 'The ledger does not answer just now',
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
