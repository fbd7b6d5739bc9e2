import { Autocomplete, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useFieldProblem } from '../check/check-context';
import { ExpressionInput } from './expression-input';
import { asData, type FieldProps, labelOf } from './field-kit';
import { ListField } from './list-field';
import { MapField } from './map-field';
import { NameInput } from './name-input';
import { useNames } from './names';
import { SchemaForm } from './schema-form';
import { ValueInput } from './value-input';

/** One field of a form: what its schema says decides what is offered. */
export function Field(props: FieldProps) {
  const { schema, root, path, value, onChange } = props;
  if (schema.type === 'array') return <ListField {...props} />;
  if (schema.type === 'object') {
    if (!schema.properties) return <MapField {...props} />;
    return (
      <fieldset>
        <legend>{labelOf(props)}</legend>
        <SchemaForm
          schema={schema}
          root={root}
          data={asData(value)}
          path={`${path}.`}
          onChange={(data) => onChange(Object.keys(data).length === 0 ? undefined : data)}
        />
      </fieldset>
    );
  }
  return <Simple {...props} />;
}

function Simple(props: FieldProps) {
  const { schema, path, required, value, onChange } = props;
  const problem = useFieldProblem(path);
  const warning = problem?.severity === 'WARNING' ? problem.message : '';
  const common = {
    size: 'xs' as const,
    label: labelOf(props),
    description: warning ? `${schema.description ?? ''} ⚠ ${warning}`.trim() : schema.description,
    required,
    withAsterisk: required,
    error: problem?.severity === 'ERROR' ? problem.message : undefined,
  };
  const text = typeof value === 'string' ? value : '';
  switch (schema.type) {
    case 'boolean':
      return (
        <Switch
          size="xs"
          label={common.label}
          description={common.description}
          error={common.error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked || undefined)}
        />
      );
    case 'integer':
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          allowDecimal={schema.type === 'number'}
          {...(schema.minimum !== undefined && { min: schema.minimum })}
          {...(schema.maximum !== undefined && { max: schema.maximum })}
          {...(schema['x-unit'] && { suffix: ` ${schema['x-unit']}` })}
          onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
        />
      );
  }
  if (schema.enum) {
    return (
      <Select
        {...common}
        data={schema.enum}
        value={text || null}
        clearable={!required}
        onChange={(next) => onChange(next ?? undefined)}
      />
    );
  }
  if (schema['x-lics']?.kind === 'value') return <ValueInput {...props} common={common} />;
  if (schema['x-lics']?.kind === 'declares') return <NameInput {...props} common={common} />;
  if (schema['x-lics']) return <Reference {...props} common={common} text={text} />;
  if ((schema.maxLength ?? 0) > 1000) {
    return (
      <Textarea
        {...common}
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput {...common} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}

export type Common = {
  size: 'xs';
  label: string;
  description: string | undefined;
  required: boolean;
  withAsterisk: boolean;
  error: string | undefined;
};

/** A text that names something of the protocol, or is written in its language. */
function Reference({
  schema,
  path,
  common,
  text,
  onChange,
}: FieldProps & { common: Common; text: string }) {
  const form = schema['x-lics'] ?? { kind: 'template' as const };
  const names = useNames(form);
  if (form.kind === 'expression' || form.kind === 'template') {
    return (
      <ExpressionInput
        {...common}
        path={path}
        of={form}
        example={schema.examples?.[0]}
        value={text}
        onChange={onChange}
      />
    );
  }
  return <Autocomplete {...common} data={names} value={text} onChange={(next) => onChange(next)} />;
}
