import { useTranslation } from 'react-i18next';
import { axisHeight, layout } from './layout';
import classes from './raster.module.css';
import type { RasterView } from './view';

/** The names of the lanes, beside the picture. */
export function Labels({ view, lanesVersion }: { view: RasterView; lanesVersion: number }) {
  const { t } = useTranslation();
  const { rows, axisTop } = layout(view.model.lanes);
  return (
    <div className={classes.labels} data-lanes={lanesVersion}>
      {rows.map(({ lane, top, height }, i) => (
        <div
          key={lane.id}
          className={classes.label}
          data-kind={lane.kind}
          style={{ height, marginTop: top - bottomOf(rows[i - 1]) }}
          title={`${t(`plot.kinds.${lane.kind}`)}: ${lane.label}`}
        >
          {lane.label}
        </div>
      ))}
      <div style={{ height: axisTop - bottomOf(rows.at(-1)) + axisHeight }} />
    </div>
  );
}

const bottomOf = (row: { top: number; height: number } | undefined): number =>
  row ? row.top + row.height : 0;
