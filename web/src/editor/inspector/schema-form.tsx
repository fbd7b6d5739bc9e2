import { Stack } from '@mantine/core';
import type { Data, Json } from '../model/document';
import { type FieldSchema, resolve, shownFields, withField } from '../model/form';
import { useFieldComponent } from './field-kit';

export interface FormProps {
  schema: FieldSchema;
  root: FieldSchema;
  data: Data;
  /** Path of the data in the node, as diagnostics write it: `entry[0].`, or empty. */
  path: string;
  onChange: (data: Data) => void;
}

/** A form for an object, made from the schema that the server checks it by. */
export function SchemaForm({ schema, root, data, path, onChange }: FormProps) {
  const Field = useFieldComponent();
  const required = new Set(schema.required ?? []);
  return (
    <Stack gap="sm">
      {shownFields(schema, data).map((name) => (
        <Field
          key={name}
          name={name}
          schema={resolve(schema.properties?.[name] ?? {}, root)}
          root={root}
          path={`${path}${name}`}
          required={required.has(name)}
          value={data[name]}
          onChange={(value: Json | undefined) => onChange(withField(data, name, value))}
        />
      ))}
    </Stack>
  );
}
