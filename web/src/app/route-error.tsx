import { Button, Code } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state';
import { usePageTitle } from '../ui/page-title';

/** In place of a page that has thrown. The frame around it goes on. */
export function RouteError({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  usePageTitle(t('shell.crash.title'));
  return (
    <EmptyState
      page
      title={t('shell.crash.title')}
      icon={IconBug}
      action={
        <Button variant="default" onClick={() => location.reload()}>
          {t('shell.crash.retry')}
        </Button>
      }
    >
      {t('shell.crash.text')}
      <Code block mt="sm" ta="left">
        {error instanceof Error ? error.message : String(error)}
      </Code>
    </EmptyState>
  );
}
