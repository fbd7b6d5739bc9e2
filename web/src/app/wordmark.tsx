import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Mark } from './mark';
import classes from './wordmark.module.css';

export function Wordmark() {
  const { t } = useTranslation();
  return (
    <Link to="/" className={classes.wordmark}>
      <Mark size={26} />
      {t('shell.name')}
    </Link>
  );
}
