import { Group, Kbd, Modal, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { keyName } from './key-name';
import { type Shortcut, useShortcutStore } from './shortcuts';

/** Every key that does something on this page. */
export function ShortcutsHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const sources = useShortcutStore((s) => s.sources);
  const sections = Map.groupBy([...sources.values()].flat(), (s) => s.section);
  return (
    <Modal opened={opened} onClose={onClose} title={t('shell.shortcuts.title')} size="lg">
      <Stack gap="lg">
        {[...sections].map(([section, shortcuts]) => (
          <Stack key={section} gap={6}>
            <Title order={3}>{section}</Title>
            {shortcuts.map((s) => (
              <Group key={s.keys + s.label} justify="space-between" wrap="nowrap">
                <Text size="sm">{s.label}</Text>
                <Keys shortcut={s} />
              </Group>
            ))}
          </Stack>
        ))}
      </Stack>
    </Modal>
  );
}

function Keys({ shortcut }: { shortcut: Shortcut }) {
  return (
    <Group gap={4} wrap="nowrap">
      {shortcut.keys.split(/\+| then /).map((key) => (
        <Kbd key={key}>{keyName(key)}</Kbd>
      ))}
    </Group>
  );
}
