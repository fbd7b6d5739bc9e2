import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { readValue, valueText } from '../model/form';
import type { FieldProps } from './field-kit';

/** A value of any type: 5, true, 2s, [1, 2], or a text. */
export function ValueInput({
  value,
  onChange,
  common,
}: FieldProps & { common: Partial<Parameters<typeof TextInput>[0]> }) {
  const [text, setText] = useState(valueText(value));
  // What is typed stays as it is typed, until the value is changed elsewhere.
  const shown = JSON.stringify(readValue(text)) === JSON.stringify(value) ? text : valueText(value);
  return (
    <TextInput
      {...common}
      value={shown}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(readValue(event.currentTarget.value));
      }}
    />
  );
}
