import { ColorSwatch, Group as Row, Stack, Textarea, TextInput, Tooltip } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../context';
import { setGroup, setNote } from '../model/annotations';
import type { Group, Note, NoteColor } from '../model/document';

const colors: Record<NoteColor, string> = {
  yellow: 'var(--mantine-color-yellow-6)',
  blue: 'var(--mantine-color-blue-6)',
  green: 'var(--mantine-color-green-6)',
  red: 'var(--mantine-color-red-6)',
  grey: 'var(--mantine-color-gray-6)',
};
const longestNote = 10_000;
const longestTitle = 200;

/** What a sticky note says, and its colour. */
export function NoteForm({ note }: { note: Note }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const { edit } = store.getState();
  return (
    <Stack gap="sm" p="sm" id="editor-form">
      <Textarea
        label={t('editor.note.text')}
        description={t('editor.note.help')}
        autosize
        minRows={5}
        maxRows={20}
        maxLength={longestNote}
        value={note.text}
        onChange={({ currentTarget: { value: text } }) =>
          edit((now) => setNote(now, note.id, { text }), `note ${note.id}`)
        }
      />
      <Colors
        value={note.color ?? 'yellow'}
        onChange={(color) => edit((now) => setNote(now, note.id, { color }))}
      />
    </Stack>
  );
}

/** What stands above a frame, and its colour. */
export function GroupForm({ group }: { group: Group }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const { edit } = store.getState();
  return (
    <Stack gap="sm" p="sm" id="editor-form">
      <TextInput
        label={t('editor.group.title')}
        description={t('editor.group.help')}
        maxLength={longestTitle}
        value={group.title ?? ''}
        onChange={({ currentTarget: { value: title } }) =>
          edit((now) => setGroup(now, group.id, { title }), `group ${group.id}`)
        }
      />
      <Colors
        value={group.color ?? 'grey'}
        onChange={(color) => edit((now) => setGroup(now, group.id, { color }))}
      />
    </Stack>
  );
}

function Colors({ value, onChange }: { value: NoteColor; onChange: (color: NoteColor) => void }) {
  const { t } = useTranslation();
  return (
    <Row gap={8} role="radiogroup" aria-label={t('editor.color.label')}>
      {(Object.keys(colors) as NoteColor[]).map((color) => (
        <Tooltip key={color} label={t(`editor.color.${color}`)}>
          <ColorSwatch
            component="button"
            type="button"
            role="radio"
            aria-checked={value === color}
            aria-label={t(`editor.color.${color}`)}
            size={26}
            color={colors[color]}
            onClick={() => onChange(color)}
          >
            {value === color && <IconCheck size={15} color="var(--mantine-color-black)" />}
          </ColorSwatch>
        </Tooltip>
      ))}
    </Row>
  );
}
