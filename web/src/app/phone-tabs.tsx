import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './nav.module.css';
import { phoneItems } from './nav-items';

interface Props {
  waiting: number;
  onMore: () => void;
}

/** The menu at the bottom of a phone, where the thumb is. */
export function PhoneTabs({ waiting, onMore }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.tabs}>
      {phoneItems.map(({ to, name, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className={classes.tab}
          activeOptions={{ exact: to === '/', includeSearch: false }}
        >
          <Icon size={21} stroke={1.6} aria-hidden />
          {t(`shell.nav.${name}`)}
          {name === 'inbox' && waiting > 0 ? (
            <span className={`${classes.count} ${classes.onTab}`}>{waiting}</span>
          ) : null}
        </Link>
      ))}
      <button type="button" className={classes.tab} onClick={onMore}>
        <IconDots size={21} stroke={1.6} aria-hidden />
        {t('shell.nav.more')}
      </button>
    </div>
  );
}
