import { useText } from '../i18n/useText.js';
import { isCode } from './codes.js';
import { LineField, type LineFieldProps } from './LineField.js';

/** A code that a person makes up. What is wrong with it stands at the field, while it is typed. */
export function CodeField(props: Omit<LineFieldProps, 'hint' | 'problem' | 'lengthMax'>) {
  const text = useText();
  const { value } = props;
  const wrong = value !== '' && !isCode(value);
  return (
    <LineField
      {...props}
      hint={text('flags.codeHint')}
      problem={wrong ? text('forms.code') : undefined}
      lengthMax={40}
    />
  );
}
