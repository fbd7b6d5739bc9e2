import { useTranslation } from 'react-i18next';
import classes from './raster.module.css';
import { readOut } from './read-out';
import type { RasterView } from './view';
import { clockText } from './window';

/** What is on under the cursor. Its place is kept while there is none. */
export function ReadOutLine({ view, cursor }: { view: RasterView; cursor: number | null }) {
  const { t } = useTranslation();
  if (cursor === null) return <p className={classes.readOut} aria-hidden />;
  const { from, to } = view.window;
  const found = readOut(view.model, cursor, (to - from) / 500);
  const step = Math.min(100, (to - from) / 1_000);
  return (
    <p className={classes.readOut}>
      <strong>{clockText(cursor, step)}</strong>
      {found.readings.length === 0 ? <span>{t('plot.none')}</span> : null}
      {found.readings.map(({ lane, label, text }) => (
        <span key={lane}>
          {label}
          {text ? <b> {text}</b> : null}
        </span>
      ))}
      {found.gap ? <em>{t(`plot.gap.${found.gap.kind}`, { about: found.gap.about })}</em> : null}
    </p>
  );
}
