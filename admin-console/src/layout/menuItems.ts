import AccountBalanceOutlined from '@mui/icons-material/AccountBalanceOutlined';
import AssignmentTurnedInOutlined from '@mui/icons-material/AssignmentTurnedInOutlined';
import BalanceOutlined from '@mui/icons-material/BalanceOutlined';
import FlagOutlined from '@mui/icons-material/FlagOutlined';
import FolderCopyOutlined from '@mui/icons-material/FolderCopyOutlined';
import HandshakeOutlined from '@mui/icons-material/HandshakeOutlined';
import MoneyOffOutlined from '@mui/icons-material/MoneyOffOutlined';
import PauseCircleOutlined from '@mui/icons-material/PauseCircleOutlined';
import TableChartOutlined from '@mui/icons-material/TableChartOutlined';
import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import type { SvgIconComponent } from '@mui/icons-material';
import type { Action, Resource } from '@recoup/service-kit/identity/permissions';

export interface MenuEntry {
  key: string;
  path: string;
  icon: SvgIconComponent;
  /** The cell of the role table without which the entry is not offered. */
  needs: readonly [Resource, Action];
}

export interface MenuSection {
  key: string;
  entries: readonly MenuEntry[];
}

/** The menu of this version, as data. */
export const menuSections: readonly MenuSection[] = [
  {
    key: 'work',
    entries: [
      { key: 'report', path: '/report', icon: TableChartOutlined, needs: ['report', 'read'] },
      { key: 'bulkActions', path: '/bulk-actions', icon: AssignmentTurnedInOutlined, needs: ['bulk-actions', 'read'] },
      { key: 'deliveries', path: '/deliveries', icon: FolderCopyOutlined, needs: ['deliveries', 'read'] },
    ],
  },
  {
    key: 'books',
    entries: [
      { key: 'trialBalance', path: '/trial-balance', icon: BalanceOutlined, needs: ['trial-balance', 'read'] },
      {
        key: 'outstanding',
        path: '/agency-outstanding',
        icon: HandshakeOutlined,
        needs: ['agency-outstanding', 'read'],
      },
      { key: 'payers', path: '/payers', icon: AccountBalanceOutlined, needs: ['payers', 'read'] },
    ],
  },
  {
    key: 'data',
    entries: [{ key: 'imports', path: '/imports', icon: UploadFileOutlined, needs: ['imports', 'create'] }],
  },
  {
    key: 'administration',
    entries: [
      { key: 'flags', path: '/flags', icon: FlagOutlined, needs: ['flags', 'edit'] },
      {
        key: 'writeOffSettings',
        path: '/write-off-settings',
        icon: MoneyOffOutlined,
        needs: ['write-off-settings', 'edit'],
      },
      { key: 'parked', path: '/parked-messages', icon: PauseCircleOutlined, needs: ['parked-messages', 'read'] },
    ],
  },
];
