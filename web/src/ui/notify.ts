import { notifications } from '@mantine/notifications';
import type { CombinedError } from 'urql';
import { problem } from '../api/problem';
import { i18n } from '../i18n/i18n';

/** Something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'green' });
}

/** Something was asked for and did not happen. It stays until it is closed. */
export function notifyFailed(title: string, error: CombinedError): void {
  const { code, message } = problem(error);
  notifications.show({
    title,
    message:
      code === 'NETWORK' ? i18n.t('ui.error.network') : message || i18n.t('ui.error.internal'),
    color: 'red',
    autoClose: false,
  });
}

/** Something cannot be done as it was tried, and why not. Nothing went wrong. */
export function notifyRefused(title: string, why: string): void {
  notifications.show({ title, message: why, color: 'yellow' });
}
