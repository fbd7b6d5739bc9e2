import { useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './loading-bar.module.css';

/** Shows that a page is on its way, when it takes long enough to be noticed. */
export function LoadingBar() {
  const { t } = useTranslation();
  const loading = useRouterState({ select: (s) => s.isLoading });
  return loading ? (
    <div className={classes.bar} role="progressbar" aria-label={t('shell.loading')} />
  ) : null;
}
