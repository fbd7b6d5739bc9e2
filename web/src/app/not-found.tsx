import { Button } from '@mantine/core';
import { IconCompassOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state';
import { usePageTitle } from '../ui/page-title';

export function NotFound() {
  const { t } = useTranslation();
  usePageTitle(t('shell.notFound.title'));
  return (
    <EmptyState
      page
      title={t('shell.notFound.title')}
      icon={IconCompassOff}
      action={
        <Button variant="default" component={Link} to="/">
          {t('shell.notFound.home')}
        </Button>
      }
    >
      {t('shell.notFound.text')}
    </EmptyState>
  );
}
