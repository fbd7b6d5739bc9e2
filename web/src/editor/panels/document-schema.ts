import type { TFunction } from 'i18next';
import type { FieldSchema } from '../model/form';

/** The parts of a document beside its drawing. */
export type DocumentPart = 'roles' | 'values' | 'about';

/**
 * The forms of what a document declares, in the terms of docs/protocol.schema.json.
 * The catalogue of nodes comes from the server; these belong to the format itself.
 */
export function documentSchema(part: DocumentPart, t: TFunction): FieldSchema {
  const text = (title: string, description: string, more: FieldSchema = {}): FieldSchema => ({
    type: 'string',
    title,
    description,
    ...more,
  });
  const name = text(t('editor.form.name'), t('editor.form.nameHelp'), {
    'x-lics': { kind: 'declares' },
  });
  const label = text(t('editor.form.label'), t('editor.form.labelHelp'));
  const type = text(t('editor.form.type'), t('editor.form.typeHelp'), {
    'x-lics': { kind: 'type' },
  });
  const help = text(t('editor.form.help'), t('editor.form.helpHelp'), { maxLength: 4096 });
  switch (part) {
    case 'roles':
      return object({
        roles: list(t('editor.form.roles'), t('editor.form.rolesHelp'), {
          name,
          label,
          channels: list(t('editor.form.channels'), t('editor.form.channelsHelp'), {
            name,
            direction: {
              type: 'string',
              title: t('editor.form.direction'),
              description: t('editor.form.directionHelp'),
              enum: ['in', 'out'],
            },
            rising: text(t('editor.form.rising'), t('editor.form.risingHelp')),
            falling: text(t('editor.form.falling'), t('editor.form.fallingHelp')),
            label,
          }),
        }),
      });
    case 'values':
      return object({
        parameters: list(t('editor.form.parameters'), t('editor.form.parametersHelp'), {
          name,
          type,
          default: {
            title: t('editor.form.default'),
            description: t('editor.form.defaultHelp'),
            'x-lics': { kind: 'value' },
          },
          unit: text(t('editor.form.unit'), t('editor.form.unitHelp')),
          minimum: {
            type: 'number',
            title: t('editor.form.minimum'),
            description: t('editor.form.minimumHelp'),
          },
          maximum: {
            type: 'number',
            title: t('editor.form.maximum'),
            description: t('editor.form.maximumHelp'),
          },
          options: {
            type: 'array',
            title: t('editor.form.options'),
            description: t('editor.form.optionsHelp'),
            items: { 'x-lics': { kind: 'value' } },
          },
          live: {
            type: 'boolean',
            title: t('editor.form.live'),
            description: t('editor.form.liveHelp'),
          },
          label,
          help,
        }),
        variables: list(t('editor.form.variables'), t('editor.form.variablesHelp'), {
          name,
          type,
          initial: text(t('editor.form.initial'), t('editor.form.initialHelp'), {
            'x-lics': { kind: 'expression' },
          }),
          help,
        }),
      });
    case 'about':
      return object({
        description: text(t('editor.form.description'), t('editor.form.descriptionHelp'), {
          maxLength: 20_000,
        }),
        reference: text(t('editor.form.reference'), t('editor.form.referenceHelp'), {
          maxLength: 2_000,
        }),
      });
  }
}

const object = (properties: Record<string, FieldSchema>): FieldSchema => ({
  type: 'object',
  properties,
});

/** A list of things with names; what kind of thing and type they are must be said. */
function list(
  title: string,
  description: string,
  properties: Record<string, FieldSchema>,
): FieldSchema {
  const required = ['name', 'direction', 'type'].filter((field) => field in properties);
  return { type: 'array', title, description, items: { type: 'object', properties, required } };
}
