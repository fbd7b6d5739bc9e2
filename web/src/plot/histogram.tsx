import classes from './histogram.module.css';

interface Bin {
  low: number;
  high: number;
  count: number;
}

/** Equally wide bins as bars, with the values of both ends. */
export function Histogram({
  label,
  bins,
  format,
}: {
  label: string;
  bins: readonly Bin[];
  format: (value: number) => string;
}) {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const first = bins[0];
  const last = bins.at(-1);
  return (
    <div role="img" aria-label={label}>
      <div className={classes.bars}>
        {bins.map(({ low, high, count }) => (
          <span
            key={low}
            title={`${format(low)} – ${format(high)}: ${count}`}
            style={{ blockSize: `${(count / most) * 100}%` }}
          />
        ))}
      </div>
      <div className={classes.ends}>
        <span>{first ? format(first.low) : ''}</span>
        <span>{last ? format(last.high) : ''}</span>
      </div>
    </div>
  );
}
