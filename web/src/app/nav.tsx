import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './nav.module.css';
import { navItems } from './nav-items';

interface Props {
  /** Symbols only. */
  narrow?: boolean;
  /** Questions that wait for a person. */
  waiting: number;
  onNavigate?: () => void;
}

/** The menu at the side, or in the drawer of a phone. */
export function Nav({ narrow = false, waiting, onNavigate }: Props) {
  const { t } = useTranslation();
  return (
    <ul className={classes.list}>
      {navItems.map(({ to, name, icon: Icon }) => (
        <li key={to}>
          <Tooltip label={t(`shell.nav.${name}`)} position="right" disabled={!narrow}>
            <Link
              to={to}
              className={classes.link}
              data-narrow={narrow || undefined}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              onClick={() => onNavigate?.()}
            >
              <Icon size={19} stroke={1.6} aria-hidden />
              <span className={classes.label}>{t(`shell.nav.${name}`)}</span>
              {name === 'inbox' && waiting > 0 ? (
                <span className={classes.count}>{waiting}</span>
              ) : null}
            </Link>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}
