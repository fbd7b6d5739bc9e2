import { useTranslation } from 'react-i18next';
import { axisHeight, layout } from './layout';
import type { Lane } from './model';
import classes from './raster.module.css';
import type { RasterView } from './view';

/** The names of the lanes, beside the picture. */
export function Labels({ view, lanesVersion }: { view: RasterView; lanesVersion: number }) {
  const { t } = useTranslation();
  const { rows, axisTop } = layout(view.model.lanes);
  const count = (kind: Lane['kind']) => rows.filter((row) => row.lane.kind === kind).length;
  // The name of the task says nothing where there is only one.
  const titleOf = ({ kind, label }: Lane) =>
    kind === 'input' || kind === 'output' || (kind !== 'session' && count(kind) > 1)
      ? label
      : t(`plot.kinds.${kind}`);
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
          {titleOf(lane)}
        </div>
      ))}
      <div style={{ height: axisTop - bottomOf(rows.at(-1)) + axisHeight }} />
    </div>
  );
}

const bottomOf = (row: { top: number; height: number } | undefined): number =>
  row ? row.top + row.height : 0;
