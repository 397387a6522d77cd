import { Alert } from '@mui/material';
import { useText } from '../i18n/useText.js';
import { MappingForm } from './MappingForm.js';
import { isOtherwiseSeparated } from './mapping.js';
import type { MappingChoice } from './useMappingChoice.js';

interface OwnMappingSectionProps {
  file: File | undefined;
  choice: MappingChoice;
  /** It is kept under that name. */
  onKept: (name: string) => void;
}

/** The mapping that is made for a file, once its columns are known. */
export function OwnMappingSection({ file, choice, onKept }: OwnMappingSectionProps) {
  const text = useText();
  if (!file) return <Alert severity="info">{text('importMapping.chooseFile')}</Alert>;
  if (choice.header === null) return <Alert severity="error">{text('importMapping.noHeader')}</Alert>;
  if (choice.header === undefined) return null;
  if (isOtherwiseSeparated(choice.header))
    return <Alert severity="error">{text('importMapping.otherSeparator')}</Alert>;
  return <MappingForm choice={choice} header={choice.header} onKept={onKept} />;
}
