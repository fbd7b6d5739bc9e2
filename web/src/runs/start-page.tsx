import { useTranslation } from 'react-i18next';
import { PageHeader } from '../ui/page-header';

export function StartPage() {
  const { t } = useTranslation();
  return <PageHeader title={t('runs.startTitle')} />;
}
