import { ActionIcon, Badge, Button, Group, TextInput, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDeviceFloppy,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ButtonLink } from '../../ui/router-link';
import { useCheck } from '../check/check-context';
import { useEditor, useEditorState } from '../context';
import classes from '../editor.module.css';
import type { Opened } from '../editor-view';
import { useSave } from './use-save';

/** The name of the protocol, and what is done with it as a whole. */
export function EditorHeader({ opened }: { opened: Opened }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const name = useEditorState((state) => state.document.name);
  const dirty = useEditorState((state) => state.document !== state.saved);
  const { undo, redo } = store.temporal.getState();
  const past = useStore(store.temporal, (state) => state.pastStates.length);
  const future = useStore(store.temporal, (state) => state.futureStates.length);
  const { save, saving, protocol } = useSave(opened);
  return (
    <Group className={classes.header ?? ''} px="sm" py={6} gap="xs" wrap="nowrap">
      <TextInput
        size="xs"
        w={260}
        aria-label={t('editor.name')}
        value={name}
        onChange={(event) => {
          const next = event.currentTarget.value;
          store.getState().edit((now) => ({ ...now, name: next }));
        }}
      />
      <Badge variant="default" tt="none">
        {protocol.number === 0 ? t('editor.neverSaved') : t('editor.version', protocol)}
        {dirty && protocol.number > 0 ? ` · ${t('editor.changed')}` : ''}
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
        {protocol.id && (
          <ButtonLink
            size="xs"
            variant="light"
            color="device"
            leftSection={<IconPlayerPlay size={16} />}
            to="/runs/start"
            search={{ protocol: protocol.id }}
          >
            {t('editor.start')}
          </ButtonLink>
        )}
      </Group>
    </Group>
  );
}

function CheckBadge() {
  const { t } = useTranslation();
  const { problems, stale } = useCheck();
  const errors = problems.filter((each) => each.severity === 'ERROR').length;
  const warnings = problems.length - errors;
  const color = errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green';
  return (
    <Badge variant="light" color={color} tt="none" aria-live="polite" opacity={stale ? 0.6 : 1}>
      {problems.length === 0 ? t('editor.fine') : t('editor.counts', { errors, warnings })}
    </Badge>
  );
}
