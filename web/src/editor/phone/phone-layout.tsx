import { Button, Drawer, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconDeviceDesktop, IconLogin2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LookCanvas } from '../canvas/look-canvas';
import { useEditor, useEditorState } from '../context';
import editor from '../editor.module.css';
import { CheckBadge } from '../header/check-badge';
import { kindOf } from '../model/catalogue';
import type { FieldSchema } from '../model/form';
import { Inspector } from '../panels/inspector';
import classes from './phone-layout.module.css';

/** The editor where there is no room to draw: everything can be looked at, and nothing changed. */
export function PhoneLayout({
  transition,
  children,
}: {
  transition: FieldSchema;
  /** What stands below the canvas. */
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const name = useEditorState((state) => state.document.name);
  return (
    <div className={editor.editor}>
      <Group className={editor.header ?? ''} px="sm" py={8} gap="xs" wrap="nowrap">
        <VisuallyHidden component="h1">{name || t('editor.untitled')}</VisuallyHidden>
        <Text fw={600} truncate aria-hidden>
          {name || t('editor.untitled')}
        </Text>
        <div className={classes.badge}>
          <CheckBadge />
        </div>
      </Group>
      <div className={`${editor.banner} ${classes.banner}`}>
        <IconDeviceDesktop size={16} aria-hidden />
        {t('editor.phone.banner')}
      </div>
      <div className={editor.canvas}>
        <LookCanvas />
      </div>
      {children}
      <Settings transition={transition} />
    </div>
  );
}

/** The settings of what was tapped. */
function Settings({ transition }: { transition: FieldSchema }) {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const node = useEditorState((state) =>
    state.document.nodes.find((each) => each.id === state.selectedNodes[0]),
  );
  const opened = useEditorState(
    (state) => state.selectedNodes.length + state.selectedEdges.length === 1,
  );
  const { select, enter } = store.getState();
  return (
    <Drawer
      opened={opened}
      onClose={() => select([])}
      position="bottom"
      size="62%"
      title={t('editor.phone.settings')}
      closeButtonProps={{ 'aria-label': t('editor.close') }}
    >
      {node && kindOf(catalogue, node).container && (
        <Button
          fullWidth
          variant="light"
          leftSection={<IconLogin2 size={16} />}
          onClick={() => enter(node.id)}
        >
          {t('editor.phone.open')}
        </Button>
      )}
      <fieldset disabled className={classes.looking}>
        <Inspector transition={transition} />
      </fieldset>
    </Drawer>
  );
}
