import { Avatar, Menu, UnstyledButton } from '@mantine/core';
import { IconExternalLink, IconLogout, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { logout } from './logout';

interface Props {
  viewer: { name: string; role: string };
  system: { version: string; temporalUrl?: string | null };
}

/** Who is logged in, and the way out. */
export function UserMenu({ viewer, system }: Props) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <UnstyledButton aria-label={t('shell.user.menu', { name: viewer.name })}>
          <Avatar color="ink" radius="xl" size={32}>
            <IconUser size={18} stroke={1.6} aria-hidden />
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {viewer.name}
          {viewer.role === viewer.name ? null : ` · ${t('shell.user.role', { role: viewer.role })}`}
        </Menu.Label>
        {system.temporalUrl ? (
          <Menu.Item
            component="a"
            href={system.temporalUrl}
            target="_blank"
            rel="noreferrer"
            leftSection={<IconExternalLink size={16} aria-hidden />}
          >
            {t('shell.user.temporal')}
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={logout}>
          {t('shell.user.logout')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('shell.user.version', { version: system.version })}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
