import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunStatus } from '../api/gql/graphql';
import { runStatusLook } from './run-status';
import classes from './status-badge.module.css';

/** Where a run is: by colour, symbol and word. */
export function StatusBadge({ status }: { status: RunStatus }) {
  const { t } = useTranslation();
  const { color, icon: Icon } = runStatusLook[status];
  return (
    <Tooltip label={t(`ui.runStatusHelp.${status}`)}>
      <Badge
        className={classes.badge}
        variant="light"
        color={color}
        leftSection={<Icon size={12} aria-hidden />}
      >
        {t(`ui.runStatus.${status}`)}
      </Badge>
    </Tooltip>
  );
}
