import { useTranslation } from 'react-i18next';
import type { CurvePoint } from './curve';
import classes from './curve-plot.module.css';

const [width, height, left, bottom, edge] = [280, 130, 34, 20, 8];

/** A calibration as a small curve: volume by opening time. */
export function CurvePlot({ channel, points }: { channel: string; points: readonly CurvePoint[] }) {
  const { t } = useTranslation();
  const mostMs = Math.max(1, ...points.map((p) => p.openMs));
  const mostUl = Math.max(1, ...points.map((p) => p.microlitres));
  const x = (ms: number) => left + (ms / mostMs) * (width - left - edge);
  const y = (ul: number) => height - bottom - (ul / mostUl) * (height - bottom - edge);
  const words = points.map((p) => t('devices.calibration.pointText', { ...p })).join(', ');
  return (
    <svg
      className={classes.plot}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('devices.calibration.curve', { channel, points: words || '–' })}
    >
      <path className={classes.axis} d={`M${left} ${edge}V${height - bottom}H${width - edge}`} />
      <polyline
        className={classes.line}
        points={points.map((p) => `${x(p.openMs)},${y(p.microlitres)}`).join(' ')}
      />
      {points.map((p) => (
        <circle
          key={`${p.openMs} ${p.microlitres}`}
          className={classes.point}
          cx={x(p.openMs)}
          cy={y(p.microlitres)}
          r={3}
        />
      ))}
      <text className={`${classes.text} ${classes.end}`} x={left - 4} y={edge + 8}>
        {round(mostUl)} {t('devices.panel.microlitres')}
      </text>
      <text className={`${classes.text} ${classes.end}`} x={width - edge} y={height - 5}>
        {round(mostMs)} {t('devices.panel.ms')}
      </text>
      <text className={`${classes.text} ${classes.end}`} x={left - 4} y={height - bottom}>
        0
      </text>
    </svg>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
