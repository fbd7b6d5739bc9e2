import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import Plot from 'uplot';
import classes from './line-chart.module.css';
import { palette } from './raster/palette';

interface Props {
  /** What is shown, in a sentence: all that a screen reader is told. */
  label: string;
  x: number[];
  y: (number | null)[];
  /** Limits of the vertical axis; as the values have it when absent. */
  range?: [number, number];
  format: (value: number) => string;
  height?: number;
}

/** One line over whole numbers, such as trials. */
export function LineChart({ label, x, y, range, format, height = 130 }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const latest = useRef({ x, y, format });
  const scheme = useComputedColorScheme('light');
  const low = range?.[0];
  const high = range?.[1];

  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const colors = palette(scheme);
    const axis = {
      stroke: colors.dimmed,
      grid: { stroke: colors.line, width: 1 },
      ticks: { show: false },
      font: '11px ui-sans-serif, system-ui, sans-serif',
    };
    const created = new Plot(
      {
        width: Math.max(element.clientWidth, 50),
        height,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false } },
        padding: [8, 10, 0, 0],
        scales: {
          x: { time: false },
          y: low === undefined || high === undefined ? {} : { range: [low, high] },
        },
        axes: [
          { ...axis, size: 26, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000] },
          {
            ...axis,
            size: 52,
            values: (_, values) => values.map((value) => latest.current.format(value)),
          },
        ],
        series: [{}, { stroke: colors.output, width: 2, spanGaps: true, points: { show: false } }],
      },
      [latest.current.x, latest.current.y],
      element,
    );
    plot.current = created;
    const size = new ResizeObserver(() =>
      created.setSize({ width: Math.max(element.clientWidth, 50), height }),
    );
    size.observe(element);
    return () => {
      size.disconnect();
      created.destroy();
      plot.current = null;
    };
  }, [scheme, low, high, height]);

  useEffect(() => {
    latest.current = { x, y, format };
    plot.current?.setData([x, y]);
  }, [x, y, format]);

  return <div ref={holder} className={classes.chart} role="img" aria-label={label} />;
}
