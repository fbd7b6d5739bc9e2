import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCheck } from '../check/check-context';

/** What the server thinks of the drawing, in a word. */
export function CheckBadge() {
  const { t } = useTranslation();
  const { problems } = useCheck();
  const errors = problems.filter((each) => each.severity === 'ERROR').length;
  const warnings = problems.length - errors;
  const color = errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green';
  return (
    <Badge variant="light" color={color} tt="none" aria-live="polite">
      {problems.length === 0
        ? t('editor.fine')
        : [
            errors > 0 && t('editor.errors', { count: errors }),
            warnings > 0 && t('editor.warnings', { count: warnings }),
          ]
            .filter(Boolean)
            .join(', ')}
    </Badge>
  );
}
