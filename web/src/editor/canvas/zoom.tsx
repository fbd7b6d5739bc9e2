import { ActionIcon, Group } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import classes from './canvas.module.css';

/** Buttons for who has no wheel. */
export function Zoom() {
  const { t } = useTranslation();
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <Group gap={4} className={classes.zoom ?? ''}>
      <ActionIcon variant="default" aria-label={t('editor.zoomOut')} onClick={() => void zoomOut()}>
        <IconMinus size={16} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t('editor.fit')}
        onClick={() => void fitView({ maxZoom: 1, padding: 0.15 })}
      >
        <IconFocusCentered size={16} />
      </ActionIcon>
      <ActionIcon variant="default" aria-label={t('editor.zoomIn')} onClick={() => void zoomIn()}>
        <IconPlus size={16} />
      </ActionIcon>
    </Group>
  );
}
