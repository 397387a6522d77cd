import { Alert } from '@mui/material';
import { useText } from '../i18n/useText.js';
import { MappingForm } from './MappingForm.js';
import { isOtherwiseSeparated } from './mapping.js';
import type { MappingChoice } from './useMappingChoice.js';

/** The mapping that is made for a file, once its columns are known. */
export function OwnMappingSection({ file, choice }: { file: File | undefined; choice: MappingChoice }) {
  const text = useText();
  if (!file) return <Alert severity="info">{text('importMapping.chooseFile')}</Alert>;
  if (choice.header === null) return <Alert severity="error">{text('importMapping.noHeader')}</Alert>;
  if (choice.header === undefined) return null;
  if (isOtherwiseSeparated(choice.header))
    return <Alert severity="error">{text('importMapping.otherSeparator')}</Alert>;
  const { kind, fields, header, own, changeOwn } = choice;
  return <MappingForm kind={kind} fields={fields} header={header} own={own} onChange={changeOwn} />;
}
