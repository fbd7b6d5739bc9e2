import { IconQuestionMark } from '@tabler/icons-react';
import { kindIcons } from './kind-icons';

/** The icon that the catalogue names for a kind of node. */
export function KindIcon({ name, size = 16 }: { name: string; size?: number }) {
  const Icon = kindIcons[name] ?? IconQuestionMark;
  return <Icon size={size} stroke={1.75} aria-hidden />;
}
