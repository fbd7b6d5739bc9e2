import {
  ActionIcon,
  AppShell,
  Box,
  Burger,
  Drawer,
  Group,
  Kbd,
  Tooltip,
  UnstyledButton,
} from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconKeyboard, IconLayoutSidebar, IconSearch } from '@tabler/icons-react';
import { Outlet, useMatches } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ColorSchemeMenu } from './color-scheme';
import { CommandPalette } from './command-palette';
import { ConnectionBadge } from './connection-badge';
import { keyName } from './key-name';
import { LoadingBar } from './loading-bar';
import { Nav } from './nav';
import { PhoneTabs } from './phone-tabs';
import classes from './shell.module.css';
import { useShellData } from './shell-data';
import { ShortcutsHelp } from './shortcuts-help';
import { useShellCommands } from './use-shell-commands';
import { UserMenu } from './user-menu';
import { Wordmark } from './wordmark';

/** The frame around every page. */
export function Shell() {
  const { t } = useTranslation();
  const { data, waiting } = useShellData();
  const [narrow, setNarrow] = useLocalStorage({
    key: 'lics-nav-narrow',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const [drawer, { open: openDrawer, close: closeDrawer }] = useDisclosure();
  const [help, { open: openHelp, close: closeHelp }] = useDisclosure();
  useShellCommands({ openHelp, toggleNav: () => setNarrow((was) => !was) });
  const fill = useMatches({ select: (matches) => matches.some((m) => m.staticData.fill) });

  return (
    <>
      <a href="#content" className="skip-link">
        {t('shell.skip')}
      </a>
      <LoadingBar />
      <AppShell
        header={{ height: 52 }}
        navbar={{ width: narrow ? 64 : 216, breakpoint: 'sm', collapsed: { mobile: true } }}
        footer={{ height: { base: 58, sm: 0 } }}
        padding={0}
      >
        <AppShell.Header className={classes.header}>
          <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
            <Group gap="sm" wrap="nowrap">
              <Burger
                hiddenFrom="sm"
                size="sm"
                opened={drawer}
                onClick={openDrawer}
                aria-label={t('shell.nav.open')}
              />
              <Wordmark />
            </Group>
            <UnstyledButton className={classes.search} onClick={spotlight.open} visibleFrom="sm">
              <IconSearch size={15} aria-hidden />
              <span>{t('shell.commands.placeholder')}</span>
              <Kbd size="xs">{keyName('mod')} K</Kbd>
            </UnstyledButton>
            <Group gap={4} wrap="nowrap">
              <ConnectionBadge />
              <Box w={4} />
              <Tooltip label={t('shell.shortcuts.title')}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  visibleFrom="sm"
                  onClick={openHelp}
                  aria-label={t('shell.shortcuts.title')}
                >
                  <IconKeyboard size={19} stroke={1.6} aria-hidden />
                </ActionIcon>
              </Tooltip>
              <ColorSchemeMenu />
              {data ? <UserMenu viewer={data.viewer} system={data.system} /> : <Box w={34} />}
            </Group>
          </Group>
        </AppShell.Header>

        <AppShell.Navbar className={classes.navbar} p="sm" aria-label={t('shell.nav.label')}>
          <AppShell.Section grow>
            <Nav narrow={narrow} waiting={waiting} />
          </AppShell.Section>
          <AppShell.Section>
            <Tooltip label={t(narrow ? 'shell.nav.expand' : 'shell.nav.collapse')} position="right">
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                onClick={() => setNarrow((was) => !was)}
                aria-label={t(narrow ? 'shell.nav.expand' : 'shell.nav.collapse')}
                aria-pressed={narrow}
              >
                <IconLayoutSidebar size={19} stroke={1.6} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </AppShell.Section>
        </AppShell.Navbar>

        <AppShell.Main className={classes.main}>
          <div id="content" tabIndex={-1} className={fill ? classes.fill : classes.page}>
            <Outlet />
          </div>
        </AppShell.Main>

        <AppShell.Footer hiddenFrom="sm" className={classes.footer}>
          <nav aria-label={t('shell.nav.label')} className={classes.tabs}>
            <PhoneTabs waiting={waiting} onMore={openDrawer} />
          </nav>
        </AppShell.Footer>
      </AppShell>
      <Drawer opened={drawer} onClose={closeDrawer} size="xs" title={<Wordmark />}>
        <nav aria-label={t('shell.nav.label')}>
          <Nav waiting={waiting} onNavigate={closeDrawer} />
        </nav>
      </Drawer>
      <CommandPalette />
      <ShortcutsHelp opened={help} onClose={closeHelp} />
    </>
  );
}
