import { ActionIcon, Group, Switch, Tooltip } from '@mantine/core';
import {
  IconArrowsHorizontal,
  IconTable,
  IconZoomIn,
  IconZoomOut,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RasterView } from './view';

export function Controls({
  view,
  live,
  following,
  table,
  onTable,
}: {
  view: RasterView;
  live: boolean;
  following: boolean;
  table: boolean;
  onTable: (table: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <Group gap={4} px="sm" py={6} justify="flex-end" wrap="nowrap">
      {live ? (
        <Switch
          size="xs"
          mr="auto"
          label={t('plot.follow')}
          title={t('plot.followHelp')}
          checked={following}
          onChange={(event) => view.setFollowing(event.currentTarget.checked)}
        />
      ) : null}
      <Button icon={IconZoomIn} label={t('plot.zoomIn')} onClick={() => view.zoomAt(0.5)} />
      <Button icon={IconZoomOut} label={t('plot.zoomOut')} onClick={() => view.zoomAt(2)} />
      <Button icon={IconArrowsHorizontal} label={t('plot.all')} onClick={() => view.showAll()} />
      <Button
        icon={IconTable}
        label={t('plot.asTable')}
        pressed={table}
        onClick={() => onTable(!table)}
      />
    </Group>
  );
}

function Button({
  icon: Icon,
  label,
  pressed,
  onClick,
}: {
  icon: TablerIcon;
  label: string;
  pressed?: boolean;
  onClick: () => void;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={pressed ? 'light' : 'subtle'}
        color="gray"
        aria-label={label}
        aria-pressed={pressed}
        onClick={onClick}
      >
        <Icon size={17} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
