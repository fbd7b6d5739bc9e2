import { Field } from './field';
import { FieldContext } from './field-kit';
import { type FormProps, SchemaForm } from './schema-form';

/** The form of a node's or a transition's data. */
export function DataForm({
  schema,
  data,
  onChange,
}: Pick<FormProps, 'schema' | 'data' | 'onChange'>) {
  return (
    <FieldContext value={Field}>
      <SchemaForm schema={schema} root={schema} data={data} path="" onChange={onChange} />
    </FieldContext>
  );
}
