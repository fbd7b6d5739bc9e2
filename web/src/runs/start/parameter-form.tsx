import { NumberInput, Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { i18n } from '../../i18n/i18n';
import { valueText } from '../live/value-text';
import type { Check } from './use-source';

type Parameter = Check['parameters'][number];

interface Props {
  parameters: readonly Parameter[];
  /** Only those that were changed. */
  values: Record<string, unknown>;
  onChange: (values: Record<string, unknown>) => void;
  /** What the server says about one. */
  errorOf?: (name: string) => string | undefined;
  /** Where there is room; 3 when absent. */
  columns?: number;
}

/** The values of a protocol's parameters: their defaults until they are changed. */
export function ParameterForm({ parameters, values, onChange, errorOf, columns = 3 }: Props) {
  const set = (name: string, value: unknown) => {
    const { [name]: _, ...others } = values;
    onChange(value === undefined ? others : { ...others, [name]: value });
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: Math.min(2, columns), lg: columns }} spacing="md">
      {parameters.map((parameter) => (
        <ParameterInput
          key={parameter.name}
          parameter={parameter}
          value={values[parameter.name]}
          error={errorOf?.(parameter.name)}
          onChange={(value) => set(parameter.name, value)}
        />
      ))}
    </SimpleGrid>
  );
}

function ParameterInput({
  parameter,
  value,
  error,
  onChange,
}: {
  parameter: Parameter;
  value: unknown;
  error: string | undefined;
  /** Undefined: the default again. */
  onChange: (value: unknown) => void;
}) {
  const { t } = useTranslation();
  const { type, unit } = parameter;
  const label = parameter.label || parameter.name;
  const limits = limitsText(parameter);
  const description = [parameter.help, limits].filter(Boolean).join(' ') || undefined;
  const shown = value ?? parameter.default;
  const options = Array.isArray(parameter.options) ? parameter.options : [];

  if (type === 'bool') {
    return (
      <Switch
        label={label}
        description={description}
        error={error}
        checked={shown === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (options.length > 0) {
    return (
      <Select
        label={label}
        description={description}
        error={error}
        data={options.map(valueText)}
        value={shown === undefined || shown === null ? null : valueText(shown)}
        onChange={(chosen) => onChange(options.find((option) => valueText(option) === chosen))}
      />
    );
  }
  if (type === 'int' || type === 'float') {
    return (
      <NumberInput
        label={label}
        description={description}
        error={error}
        allowDecimal={type === 'float'}
        suffix={unit ? ` ${unit}` : ''}
        value={typeof shown === 'number' ? shown : ''}
        onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
      />
    );
  }
  const text = typeof shown === 'string' ? shown : shown == null ? '' : JSON.stringify(shown);
  return (
    <TextInput
      label={label}
      description={description}
      error={error}
      placeholder={type === 'duration' ? t('runs.start.durationExample') : undefined}
      rightSection={unit || undefined}
      value={text}
      onChange={(event) => onChange(read(type, event.currentTarget.value))}
    />
  );
}

/** A list is written as JSON; what cannot be read is left to the server to object to. */
function read(type: string, text: string): unknown {
  if (text === '') return undefined;
  if (!type.startsWith('list')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function limitsText({ type, minimum, maximum, unit }: Parameter): string {
  const tail = type === 'duration' ? ' s' : unit ? ` ${unit}` : '';
  if (minimum != null && maximum != null) {
    return i18n.t('runs.start.between', { low: minimum, high: `${maximum}${tail}` });
  }
  if (minimum != null) return i18n.t('runs.start.atLeast', { low: `${minimum}${tail}` });
  if (maximum != null) return i18n.t('runs.start.atMost', { high: `${maximum}${tail}` });
  return '';
}
