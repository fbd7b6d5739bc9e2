import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../api/connection';
import classes from './connection-badge.module.css';

/** Whether what is shown is live. */
export function ConnectionBadge() {
  const { t } = useTranslation();
  const connection = useConnection((s) => s.connection);
  return (
    <Tooltip label={t(`shell.connection.help.${connection}`)} multiline maw={280}>
      <span className={classes.badge} data-connection={connection} role="status">
        <span className={classes.dot} aria-hidden />
        <span className={classes.word}>{t(`shell.connection.${connection}`)}</span>
      </span>
    </Tooltip>
  );
}
