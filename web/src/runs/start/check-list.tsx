import { Checkbox, List, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StartCheckCode, StartCheckRunQuery } from '../../api/gql/graphql';

const looks = {
  BLOCKS: { color: 'red', icon: IconX },
  WARNS: { color: 'yellow', icon: IconAlertTriangle },
  OK: { color: 'green', icon: IconCheck },
} as const;

/** Blocks that a person may know better about. */
const overridable: readonly StartCheckCode[] = ['SUBJECT_FREE'];

/** What speaks against a start. What is as it should be is counted, and told when a person wants to know. */
export function CheckList({
  checks,
  overrides,
  onOverride,
}: {
  checks: StartCheckRunQuery['checkRun']['checks'];
  overrides: readonly StartCheckCode[];
  onOverride: (overrides: StartCheckCode[]) => void;
}) {
  const { t } = useTranslation();
  const fine = checks.filter(({ severity }) => severity === 'OK');
  const others = checks.filter(({ severity }) => severity !== 'OK');
  return (
    <List spacing={6} size="sm" listStyleType="none" aria-label={t('runs.start.checks')}>
      {others.map(({ code, severity, message, hint, field, role }) => {
        const { color, icon: Icon } = looks[severity];
        return (
          <List.Item
            key={`${code}/${field}/${role}/${message}`}
            icon={
              <ThemeIcon
                color={color}
                variant="light"
                size={20}
                radius="xl"
                role="img"
                aria-label={t(`runs.start.severity.${severity}`)}
              >
                <Icon size={13} aria-hidden />
              </ThemeIcon>
            }
          >
            {message}{' '}
            <Text span size="sm" c="dimmed">
              {hint}
            </Text>
            {overridable.includes(code) ? (
              <Checkbox
                mt={4}
                size="xs"
                label={t('runs.start.override')}
                checked={overrides.includes(code)}
                onChange={(event) => onOverride(event.currentTarget.checked ? [code] : [])}
              />
            ) : null}
          </List.Item>
        );
      })}
      {fine.length > 0 ? (
        <List.Item
          icon={
            <ThemeIcon color="green" variant="light" size={20} radius="xl">
              <IconCheck size={13} aria-hidden />
            </ThemeIcon>
          }
        >
          <details>
            <Text component="summary" size="sm" c="dimmed">
              {t('runs.start.fine', { count: fine.length })}
            </Text>
            {fine.map(({ code, field, role, message }) => (
              <Text key={`${code}/${field}/${role}/${message}`} size="sm" c="dimmed">
                {message}
              </Text>
            ))}
          </details>
        </List.Item>
      ) : null}
    </List>
  );
}
