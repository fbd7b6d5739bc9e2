import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';
import { i18n } from '../i18n/i18n';

interface Question {
  title: string;
  /** What will happen, in a sentence or two. */
  text: ReactNode;
  /** Word of the button: the verb, never "OK". */
  action: string;
  /** Red, because it cannot be taken back. */
  danger?: boolean;
  onConfirm: () => void;
}

/** Asks before something is done that cannot be taken back. */
export function confirmAction({ title, text, action, danger = false, onConfirm }: Question): void {
  modals.openConfirmModal({
    title,
    children: text,
    labels: { confirm: action, cancel: i18n.t('ui.cancel') },
    confirmProps: danger ? { color: 'red' } : {},
    onConfirm,
  });
}
