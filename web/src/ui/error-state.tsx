import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { problem } from '../api/problem';

interface Props {
  error: CombinedError;
  retry?: () => void;
}

/** In place of what could not be loaded or done. */
export function ErrorState({ error, retry }: Props) {
  const { t } = useTranslation();
  const { code, message } = problem(error);
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('ui.error.title')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {code === 'NETWORK' ? t('ui.error.network') : message || t('ui.error.internal')}
        </Text>
        {retry ? (
          <Button size="xs" variant="default" onClick={retry}>
            {t('ui.retry')}
          </Button>
        ) : null}
      </Stack>
    </Alert>
  );
}
