import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../ui/page-title';

export function NewEditorPage() {
  const { t } = useTranslation();
  usePageTitle(t('editor.newTitle'));
  return <Title order={1}>{t('editor.newTitle')}</Title>;
}

export function EditorPage() {
  const { t } = useTranslation();
  usePageTitle(t('editor.title'));
  return <Title order={1}>{t('editor.title')}</Title>;
}
