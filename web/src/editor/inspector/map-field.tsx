import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Data } from '../model/document';
import { resolve } from '../model/form';
import { asData, type FieldProps, labelOf, useFieldComponent } from './field-kit';
import classes from './inspector.module.css';

/** An object whose keys are names that people choose. */
export function MapField(props: FieldProps) {
  const { schema, root, path, value, onChange } = props;
  const { t } = useTranslation();
  const Field = useFieldComponent();
  const data = asData(value);
  const label = labelOf(props);
  const values = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  const item = resolve(values, root);
  const rename = (from: string, to: string) =>
    onChange(
      Object.fromEntries(
        Object.entries(data).map(([key, each]) => [key === from ? to : key, each]),
      ),
    );
  const put = (next: Data) => onChange(Object.keys(next).length === 0 ? undefined : next);
  return (
    <fieldset className={classes.list}>
      <legend>{label}</legend>
      {schema.description && <p className={classes.help}>{schema.description}</p>}
      {Object.entries(data).map(([key, each], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is edited
        <Group key={index} gap={6} align="flex-start" wrap="nowrap">
          <TextInput
            size="xs"
            aria-label={t('editor.nameOf', { what: label })}
            value={key}
            onChange={(event) => {
              if (!(event.currentTarget.value in data)) rename(key, event.currentTarget.value);
            }}
          />
          <div className={classes.grow}>
            <Field
              name={key}
              schema={{ ...item, title: '' }}
              root={root}
              path={`${path}.${key}`}
              required={false}
              value={each}
              onChange={(next) => put({ ...data, [key]: next ?? '' })}
            />
          </div>
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={t('editor.removeItem', { what: key })}
            onClick={() => {
              const { [key]: _, ...rest } = data;
              put(rest);
            }}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="compact-xs"
        variant="light"
        leftSection={<IconPlus size={14} />}
        onClick={() => put({ ...data, [freeName(data)]: '' })}
      >
        {t('editor.addItem', { what: label })}
      </Button>
    </fieldset>
  );
}

function freeName(data: Data): string {
  for (let n = 1; ; n++) if (!(`name_${n}` in data)) return `name_${n}`;
}
