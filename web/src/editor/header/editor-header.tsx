import {
  ActionIcon,
  Badge,
  Button,
  Group,
  TextInput,
  Tooltip,
  VisuallyHidden,
} from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDeviceFloppy,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ButtonLink } from '../../ui/router-link';
import { useEditor, useEditorState } from '../context';
import classes from '../editor.module.css';
import { CheckBadge } from './check-badge';
import { EditorMenu } from './editor-menu';
import type { Saving } from './use-save';

/** The name of the protocol, and what is done with it as a whole. */
export function EditorHeader({ saving: { save, saving } }: { saving: Saving }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const name = useEditorState((state) => state.document.name);
  const dirty = useEditorState((state) => state.document !== state.saved);
  const { undo, redo } = store.getState();
  const past = useStore(store.temporal, (state) => state.pastStates.length);
  const future = useStore(store.temporal, (state) => state.futureStates.length);
  const source = useEditorState((state) => state.source);
  return (
    <Group className={classes.header ?? ''} px="sm" py={6} gap="xs" wrap="nowrap">
      <VisuallyHidden component="h1">{name || t('editor.untitled')}</VisuallyHidden>
      <TextInput
        size="xs"
        w={260}
        aria-label={t('editor.name')}
        value={name}
        onChange={(event) => {
          const next = event.currentTarget.value;
          store.getState().edit((now) => ({ ...now, name: next }), 'name');
        }}
      />
      <Badge variant="default" tt="none" visibleFrom="sm">
        {source.number === 0
          ? t('editor.neverSaved')
          : t('editor.version', { number: source.number })}
        {dirty && source.number > 0 ? ` · ${t('editor.changed')}` : ''}
      </Badge>
      <CheckBadge />
      <Group gap={4} ml="auto" wrap="nowrap">
        <Tooltip label={t('editor.undo')}>
          <ActionIcon
            variant="default"
            aria-label={t('editor.undo')}
            disabled={past === 0}
            onClick={() => undo()}
          >
            <IconArrowBackUp size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('editor.redo')}>
          <ActionIcon
            variant="default"
            aria-label={t('editor.redo')}
            disabled={future === 0}
            onClick={() => redo()}
          >
            <IconArrowForwardUp size={16} />
          </ActionIcon>
        </Tooltip>
        <Button
          size="xs"
          leftSection={<IconDeviceFloppy size={16} />}
          loading={saving}
          disabled={!dirty}
          onClick={() => void save()}
        >
          {t('editor.save')}
        </Button>
        <EditorMenu save={save} dirty={dirty} />
        {source.id && (
          <ButtonLink
            size="xs"
            variant="light"
            color="device"
            leftSection={<IconPlayerPlay size={16} />}
            to="/runs/start"
            search={{ protocol: source.id }}
            className={classes.start ?? ''}
          >
            {t('editor.start')}
          </ButtonLink>
        )}
      </Group>
    </Group>
  );
}
