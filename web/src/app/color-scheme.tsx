import {
  ActionIcon,
  localStorageColorSchemeManager,
  type MantineColorScheme,
  Menu,
  useMantineColorScheme,
} from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Also read by public/color-scheme.js, before the app is there. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'lics-color-scheme' });

const icons: Record<MantineColorScheme, TablerIcon> = {
  light: IconSun,
  dark: IconMoon,
  auto: IconDeviceDesktop,
};

export const schemes: MantineColorScheme[] = ['light', 'dark', 'auto'];

/** Chooses light, dark, or what the system has. */
export function ColorSchemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Chosen = icons[colorScheme];
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('shell.scheme.label')}>
          <Chosen size={19} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map((scheme) => {
          const Icon = icons[scheme];
          return (
            <Menu.Item
              key={scheme}
              leftSection={<Icon size={16} aria-hidden />}
              aria-current={scheme === colorScheme}
              onClick={() => setColorScheme(scheme)}
            >
              {t(`shell.scheme.${scheme}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
