import { Badge } from '@mantine/core';
import { IconCpu, IconTimeline } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { deviceColor, sessionColor } from '../app/theme';

/** Says whether Temporal or a device runs something. */
export function LevelBadge({
  level,
  children,
}: {
  level: 'session' | 'device';
  children: ReactNode;
}) {
  const Icon = level === 'session' ? IconTimeline : IconCpu;
  return (
    <Badge
      variant="light"
      tt="none"
      color={level === 'session' ? sessionColor : deviceColor}
      leftSection={<Icon size={12} aria-hidden />}
    >
      {children}
    </Badge>
  );
}
