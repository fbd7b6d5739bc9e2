import { useTranslation } from 'react-i18next';
import { useNow } from '../../ui/use-now';
import type { RasterModel } from './model';
import classes from './raster.module.css';
import { clockText } from './window';

/** The shaded times in words. */
export function GapList({ model }: { model: RasterModel }) {
  const { t } = useTranslation();
  // The model is outside React: it is read again every second.
  useNow();
  if (model.gaps.length === 0) return null;
  return (
    <ul className={classes.gaps} aria-label={t('plot.gaps')}>
      {model.gaps.slice(-5).map((gap) => {
        const from = clockText(gap.from, 1_000);
        return (
          <li key={`${gap.kind}/${gap.about}/${gap.from}`} data-kind={gap.kind}>
            {Number.isFinite(gap.to)
              ? t('plot.gapFromTo', { from, to: clockText(gap.to, 1_000) })
              : t('plot.gapSince', { from })}
            {': '}
            {t(`plot.gap.${gap.kind}`, { about: gap.about })}
          </li>
        );
      })}
    </ul>
  );
}
