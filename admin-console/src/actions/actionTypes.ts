import type { BulkActionPermission } from '@recoup/service-kit/identity/permissions';

/** The actions of this version on what is selected in the report, in the menu's order (CON-4). */
export const reportActions = [
  'flags',
  'update-stage',
  'write-off',
  'send-to-arm',
  'export',
] as const satisfies readonly BulkActionPermission[];
export type ReportAction = (typeof reportActions)[number];
