import type { Stage } from '@recoup/contracts';
import type { ReportAction } from './actionTypes.js';

/** What each action asks for, named as the service's parameters are. */
export type ActionParameters =
  | { type: 'flags'; values: { add: string[]; remove: string[] } }
  | { type: 'update-stage'; values: { stage: Stage | '' } }
  | { type: 'write-off'; values: { transactionTypeCode: string } }
  | { type: 'send-to-arm'; values: { setStageToSent: boolean } }
  | { type: 'export'; values: { format: 'csv' | 'xlsx' } };

/** What a dialog begins with: the defaults of the manual. */
export function initialParameters(type: ReportAction): ActionParameters {
  switch (type) {
    case 'flags':
      return { type, values: { add: [], remove: [] } };
    case 'update-stage':
      return { type, values: { stage: '' } };
    case 'write-off':
      return { type, values: { transactionTypeCode: 'coupon' } };
    case 'send-to-arm':
      return { type, values: { setStageToSent: true } };
    case 'export':
      return { type, values: { format: 'xlsx' } };
  }
}

/** Whether the preview can be asked for. */
export function isComplete(parameters: ActionParameters): boolean {
  switch (parameters.type) {
    case 'flags':
      return parameters.values.add.length + parameters.values.remove.length > 0;
    case 'update-stage':
      return parameters.values.stage !== '';
    case 'write-off':
      return parameters.values.transactionTypeCode !== '';
    case 'send-to-arm':
    case 'export':
      return true;
  }
}
