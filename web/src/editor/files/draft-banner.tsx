import { Alert, Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Time } from '../../ui/time';
import { useDraft } from './draft';
import classes from './files.module.css';

/** Offers what was drawn on an earlier visit and never saved. */
export function DraftBanner() {
  const { t } = useTranslation();
  const { found, restore, discard } = useDraft();
  if (!found) return null;
  return (
    <Alert color="yellow" p="xs" className={classes.banner ?? ''}>
      <Group gap="sm">
        <span>
          {t('editor.draft.found')} <Time at={found.at} ago />
        </span>
        <Button size="compact-xs" onClick={restore}>
          {t('editor.draft.restore')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={discard}>
          {t('editor.draft.discard')}
        </Button>
      </Group>
    </Alert>
  );
}
