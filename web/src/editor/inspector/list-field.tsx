import { ActionIcon, Button, Group } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { focusSoon } from '../canvas/focus-node';
import { useFieldProblem } from '../check/check-context';
import type { Json } from '../model/document';
import { newItem, resolve } from '../model/form';
import { asData, type FieldProps, labelOf, useFieldComponent } from './field-kit';
import classes from './inspector.module.css';
import { SchemaForm } from './schema-form';

const fields = 'input, textarea, [contenteditable="true"]';

/** A list: items are added, removed and put into order. */
export function ListField(props: FieldProps) {
  const { schema, root, path, value, onChange } = props;
  const { t } = useTranslation();
  const Field = useFieldComponent();
  const problem = useFieldProblem(path);
  const list = useRef<HTMLFieldSetElement>(null);
  const items = Array.isArray(value) ? value : [];
  const item = resolve(schema.items ?? {}, root);
  const label = labelOf(props);
  const put = (index: number, next: Json | undefined) =>
    onChange(items.map((old, at) => (at === index ? (next ?? '') : old)));
  const move = (index: number, by: number) => {
    const next = [...items];
    const [taken] = next.splice(index, 1);
    if (taken === undefined) return;
    next.splice(index + by, 0, taken);
    onChange(next);
  };
  return (
    <fieldset ref={list} className={classes.list}>
      <legend>{label}</legend>
      {schema.description && <p className={classes.help}>{schema.description}</p>}
      {items.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
        <div key={index} className={classes.item}>
          <Group gap={2} justify="flex-end" className={classes.tools ?? ''}>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              disabled={index === 0}
              aria-label={t('editor.moveUp', { what: `${label} ${index + 1}` })}
              onClick={() => move(index, -1)}
            >
              <IconArrowUp size={14} />
            </ActionIcon>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              disabled={index === items.length - 1}
              aria-label={t('editor.moveDown', { what: `${label} ${index + 1}` })}
              onClick={() => move(index, 1)}
            >
              <IconArrowDown size={14} />
            </ActionIcon>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="red"
              aria-label={t('editor.removeItem', { what: `${label} ${index + 1}` })}
              onClick={() => onChange(items.filter((_, at) => at !== index))}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </Group>
          {item.type === 'object' && item.properties ? (
            <SchemaForm
              schema={item}
              root={root}
              data={asData(each)}
              path={`${path}[${index}].`}
              onChange={(data) => put(index, data)}
            />
          ) : (
            <Field
              name={`${label} ${index + 1}`}
              schema={item}
              root={root}
              path={`${path}[${index}]`}
              required={false}
              value={each}
              onChange={(next) => put(index, next)}
            />
          )}
        </div>
      ))}
      {problem && <p className={classes.problem}>{problem.message}</p>}
      <Button
        size="compact-xs"
        variant="light"
        leftSection={<IconPlus size={14} />}
        onClick={() => {
          onChange([...items, newItem(item)]);
          focusSoon(() => {
            const added = list.current?.querySelectorAll(`:scope > .${classes.item}`)[items.length];
            return added?.querySelector<HTMLElement>(fields) ?? null;
          });
        }}
      >
        {t('editor.addItem', { what: label })}
      </Button>
    </fieldset>
  );
}
