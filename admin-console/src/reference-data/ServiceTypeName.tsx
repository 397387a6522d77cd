import { Name } from './Name.js';
import { useReferenceData } from './useReferenceData.js';

/** What a line or a subscription is for, by the name that administrators gave it. */
export function ServiceTypeName({ code }: { code: string }) {
  const { nameOf } = useReferenceData('service-types');
  return <Name of={nameOf(code)} />;
}
