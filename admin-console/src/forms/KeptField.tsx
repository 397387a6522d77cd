import { useText } from '../i18n/useText.js';
import { LineField, type LineFieldProps } from './LineField.js';

/** Words that are typed with a booking: no erasure reaches them, so the field says that no name belongs there (S28). */
export function KeptField(props: Omit<LineFieldProps, 'hint'>) {
  const text = useText();
  return <LineField {...props} hint={text('forms.kept')} />;
}
