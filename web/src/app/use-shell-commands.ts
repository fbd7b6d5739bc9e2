import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { schemes } from './color-scheme';
import { type Command, useCommands } from './commands';
import { logout } from './logout';
import { navItems } from './nav-items';
import { type Shortcut, useShortcuts } from './shortcuts';

interface Actions {
  openHelp: () => void;
  toggleNav: () => void;
}

/** The commands and keys that work on every page. */
export function useShellCommands(actions: Actions): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const latest = useRef(actions);
  latest.current = actions;

  useCommands(
    useMemo<Command[]>(
      () => [
        ...navItems.map(({ to, name }) => ({
          id: `go-${name}`,
          label: t(`shell.nav.${name}`),
          group: t('shell.commands.go'),
          run: () => void navigate({ to }),
        })),
        ...schemes.map((scheme) => ({
          id: `scheme-${scheme}`,
          label: `${t('shell.scheme.label')}: ${t(`shell.scheme.${scheme}`)}`,
          group: t('shell.commands.view'),
          run: () => setColorScheme(scheme),
        })),
        {
          id: 'shortcuts',
          label: t('shell.shortcuts.help'),
          group: t('shell.commands.view'),
          run: () => latest.current.openHelp(),
        },
        {
          id: 'logout',
          label: t('shell.user.logout'),
          group: t('shell.commands.account'),
          run: logout,
        },
      ],
      [t, navigate, setColorScheme],
    ),
  );

  useShortcuts(
    useMemo<Shortcut[]>(() => {
      const section = t('shell.shortcuts.everywhere');
      const go = (keys: string, to: (typeof navItems)[number]['to'], label: string) => ({
        keys,
        label,
        section,
        run: () => void navigate({ to }),
      });
      return [
        { keys: 'mod+K', label: t('shell.shortcuts.commands'), section },
        {
          keys: '?',
          label: t('shell.shortcuts.help'),
          section,
          run: () => latest.current.openHelp(),
        },
        {
          keys: '[',
          label: t('shell.shortcuts.menu'),
          section,
          run: () => latest.current.toggleNav(),
        },
        go('G then H', '/', t('shell.shortcuts.goHome')),
        go('G then P', '/protocols', t('shell.shortcuts.goProtocols')),
        go('G then R', '/runs', t('shell.shortcuts.goRuns')),
        go('G then D', '/devices', t('shell.shortcuts.goDevices')),
        go('G then I', '/inbox', t('shell.shortcuts.goInbox')),
      ];
    }, [t, navigate]),
  );
}
