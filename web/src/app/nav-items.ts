import {
  IconArchive,
  IconCpu,
  IconFlask2,
  IconHome,
  IconInbox,
  IconPaw,
  IconPlayerPlay,
  IconSchema,
  type TablerIcon,
} from '@tabler/icons-react';

/** Pages that the menu leads to, in its order. */
export const navItems = [
  { to: '/', name: 'home', icon: IconHome },
  { to: '/inbox', name: 'inbox', icon: IconInbox },
  { to: '/runs', name: 'runs', icon: IconPlayerPlay },
  { to: '/protocols', name: 'protocols', icon: IconSchema },
  { to: '/templates', name: 'templates', icon: IconArchive },
  { to: '/devices', name: 'devices', icon: IconCpu },
  { to: '/subjects', name: 'subjects', icon: IconPaw },
  { to: '/experiments', name: 'experiments', icon: IconFlask2 },
] as const satisfies readonly { to: string; name: string; icon: TablerIcon }[];

/** Those at the bottom of a phone; the others are behind "More". */
export const phoneItems = navItems.filter(({ name }) =>
  ['home', 'inbox', 'runs', 'devices'].includes(name),
);
