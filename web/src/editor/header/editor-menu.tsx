import { ActionIcon, Button, Group, Menu, Modal, TextInput, Tooltip } from '@mantine/core';
import {
  IconBoxMultiple,
  IconBoxOff,
  IconDots,
  IconDownload,
  IconFolderOpen,
  IconLayoutAlignLeft,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconNote,
  IconRepeat,
  IconRepeatOff,
  IconSitemap,
  IconSticker,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyName } from '../../app/key-name';
import { useEditor, useEditorState } from '../context';
import { download, pickFile } from '../files/transfer';
import { useImport } from '../files/use-import';
import { useArrange } from './use-arrange';
import type { Saving } from './use-save';
import { useStructure } from './use-structure';

const structureIcons = {
  note: <IconSticker size={16} />,
  group: <IconBoxMultiple size={16} />,
  ungroup: <IconBoxOff size={16} />,
  loop: <IconRepeat size={16} />,
  unloop: <IconRepeatOff size={16} />,
};

/** What is done less often: files, order on the canvas, a save with a note. */
export function EditorMenu({ save, dirty }: Pick<Saving, 'save'> & { dirty: boolean }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const chosen = useEditorState((state) => state.selectedNodes.length);
  const open = useImport();
  const arrange = useArrange();
  const structure = useStructure();
  const [note, setNote] = useState<string | null>(null);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Tooltip label={t('editor.more')}>
            <ActionIcon variant="default" aria-label={t('editor.more')}>
              <IconDots size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconNote size={16} />}
            disabled={!dirty}
            onClick={() => setNote('')}
          >
            {t('editor.saveNote')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFolderOpen size={16} />}
            rightSection="Ctrl I"
            onClick={() => pickFile((file) => void open(file))}
          >
            {t('editor.import')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDownload size={16} />}
            rightSection="Ctrl E"
            onClick={() => download(store.getState().document)}
          >
            {t('editor.export')}
          </Menu.Item>
          <Menu.Divider />
          {structure.map(({ id, keys, label, run }) => (
            <Menu.Item
              key={id}
              leftSection={structureIcons[id]}
              rightSection={keys.split('+').map(keyName).join(' ')}
              disabled={chosen === 0 && id !== 'note'}
              onClick={run}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconSitemap size={16} />} onClick={arrange.all}>
            {t('editor.arrangeAll')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLayoutAlignLeft size={16} />}
            disabled={chosen < 2}
            onClick={() => arrange.align('left')}
          >
            {t('editor.alignLeft')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLayoutAlignTop size={16} />}
            disabled={chosen < 2}
            onClick={() => arrange.align('top')}
          >
            {t('editor.alignTop')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLayoutDistributeHorizontal size={16} />}
            disabled={chosen < 3}
            onClick={() => arrange.distribute('x')}
          >
            {t('editor.distributeX')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLayoutDistributeVertical size={16} />}
            disabled={chosen < 3}
            onClick={() => arrange.distribute('y')}
          >
            {t('editor.distributeY')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {note !== null && (
        <Modal opened onClose={() => setNote(null)} title={t('editor.saveNote')}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              setNote(null);
              void save({ note });
            }}
          >
            <TextInput
              data-autofocus
              label={t('editor.noteLabel')}
              description={t('editor.noteHint')}
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <Group justify="flex-end" mt="md">
              <Button type="submit">{t('editor.save')}</Button>
            </Group>
          </form>
        </Modal>
      )}
    </>
  );
}
