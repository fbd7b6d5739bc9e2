import { Badge } from '@mantine/core';
import { IconPlayerPlayFilled, IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Whether a device can be reached, and is at work: by colour, symbol and word. */
export function DeviceBadge({ online, busy }: { online: boolean; busy: boolean }) {
  const { t } = useTranslation();
  let look = { color: 'green', icon: IconPlugConnected, word: t('devices.online') as string };
  if (busy) look = { color: 'device', icon: IconPlayerPlayFilled, word: t('devices.busy') };
  if (!online) look = { color: 'gray', icon: IconPlugConnectedX, word: t('devices.offline') };
  return (
    <Badge
      variant="light"
      tt="none"
      color={look.color}
      leftSection={<look.icon size={12} aria-hidden />}
    >
      {look.word}
    </Badge>
  );
}
