import { Badge, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconExclamationCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useGoTo } from '../canvas/use-go-to';
import { type Problem, useCheck } from '../check/check-context';
import classes from './problems.module.css';

/** Everything the server says about the drawing; a click goes there. */
export function Problems() {
  const { t } = useTranslation();
  const go = useGoTo();
  const { problems, failed } = useCheck();
  if (failed !== null) {
    return (
      <Text size="sm" c="red" p="sm" role="alert">
        {t('editor.checkFailed', { why: failed })}
      </Text>
    );
  }
  if (problems.length === 0) {
    return (
      <Text size="sm" c="dimmed" p="sm">
        {t('editor.noProblems')}
      </Text>
    );
  }
  return (
    <ScrollArea className={classes.scroll ?? ''} type="auto">
      <ul className={classes.list}>
        {problems.map((each) => (
          <li
            key={`${each.code} ${each.node} ${each.port} ${each.edge} ${each.field} ${each.message}`}
          >
            <UnstyledButton className={classes.problem ?? ''} onClick={() => go(each)}>
              <Mark problem={each} />
              <span className={classes.text}>
                <span>{each.message}</span>
                {each.hint && <span className={classes.hint}>{each.hint}</span>}
              </span>
              {(each.node || each.edge) && (
                <Badge size="xs" variant="default" tt="none">
                  {each.node || each.edge}
                </Badge>
              )}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </ScrollArea>
  );
}

function Mark({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  return problem.severity === 'ERROR' ? (
    <IconExclamationCircle
      size={16}
      className={classes.error ?? ''}
      aria-label={t('editor.error')}
    />
  ) : (
    <IconAlertTriangle
      size={16}
      className={classes.warning ?? ''}
      aria-label={t('editor.warning')}
    />
  );
}
