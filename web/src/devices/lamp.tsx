import { useTranslation } from 'react-i18next';
import classes from './hardware-panel.module.css';
import { type Levels, useLevel } from './levels';

/** The level of a channel. It blinks at every change, even at one too short to be seen. */
export function Lamp({ levels, channel }: { levels: Levels; channel: string }) {
  const { t } = useTranslation();
  const now = useLevel(levels, channel);
  const on = now !== undefined && now.level !== 0;
  return (
    <span
      // Drawn afresh at every change, which begins the animation again.
      key={now?.changes ?? 0}
      className={`${classes.lamp} ${on ? classes.on : ''} ${now?.changes ? classes.blink : ''}`}
      role="img"
      aria-label={t('devices.panel.level', { channel, level: now ? String(now.level) : '–' })}
      title={now ? t('devices.panel.changes', { count: now.changes }) : undefined}
    />
  );
}
