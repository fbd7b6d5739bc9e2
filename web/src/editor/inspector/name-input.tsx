import { TextInput } from '@mantine/core';
import { createContext, useContext, useRef } from 'react';
import type { FieldProps } from './field-kit';

/** Told when something was given another name: what names it may follow. */
export const RenamedContext = createContext<(path: string, from: string, to: string) => void>(
  () => undefined,
);

/** The name that something is declared by. It is another one when it is written to its end. */
export function NameInput({
  path,
  value,
  onChange,
  common,
}: FieldProps & { common: Partial<Parameters<typeof TextInput>[0]> }) {
  const text = typeof value === 'string' ? value : '';
  const before = useRef(text);
  const renamed = useContext(RenamedContext);
  return (
    <TextInput
      {...common}
      value={text}
      onFocus={() => {
        before.current = text;
      }}
      onBlur={() => {
        if (before.current !== '' && text !== '' && text !== before.current) {
          renamed(path, before.current, text);
        }
      }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
