import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AnswerableStepFragment } from '../api/gql/graphql';
import type { FieldProblem, Filled } from './form-values';

interface Props {
  field: AnswerableStepFragment['form'][number];
  value: Filled[string];
  problem: FieldProblem | undefined;
  onChange: (value: string | number | boolean) => void;
}

/** A field of a form by its type. */
export function FieldInput({ field, value, problem, onChange }: Props) {
  const { t } = useTranslation();
  const label = field.label || field.name;
  const error = problem ? t(`inbox.${problem.key}`, { ...limits(problem) }) : null;
  const common = { description: field.help || null, error };
  if (field.type === 'bool') {
    return (
      <Checkbox
        {...common}
        label={label}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (field.options.length > 0) {
    return (
      <Select
        {...common}
        label={label}
        required={field.required}
        data={field.options}
        value={value === undefined || value === '' ? null : String(value)}
        onChange={(chosen) => onChange(chosen ?? '')}
      />
    );
  }
  if (field.type === 'int' || field.type === 'float') {
    return (
      <NumberInput
        {...common}
        label={label}
        required={field.required}
        hideControls
        suffix={field.unit ? ` ${field.unit}` : ''}
        allowDecimal={field.type === 'float'}
        value={typeof value === 'boolean' || value === undefined ? '' : value}
        onChange={onChange}
      />
    );
  }
  return (
    <TextInput
      {...common}
      label={field.unit ? `${label} (${field.unit})` : label}
      required={field.required}
      value={value === undefined ? '' : String(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function limits(problem: FieldProblem) {
  return {
    least: problem.key === 'atLeast' ? problem.least : 0,
    most: problem.key === 'atMost' ? problem.most : 0,
  };
}
