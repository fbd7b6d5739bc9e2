import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import classes from './chart.module.css';

export interface ChartColors {
  text: string;
  line: string;
  device: string;
  deviceSoft: string;
  session: string;
  warning: string;
}

interface Props {
  /** What it shows, in a sentence: a picture is nothing for who cannot see it. */
  label: string;
  data: uPlot.AlignedData;
  height: number;
  /** Series, scales and axes. Memoise it: another function draws a new chart. */
  options: (colors: ChartColors) => Omit<uPlot.Options, 'width' | 'height'>;
}

/** A uPlot chart in the colours of the page, as wide as its place. */
export function Chart({ label, data, height, options }: Props) {
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(data);
  latest.current = data;

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    // The colours are read when the scheme has come to be.
    element.dataset.scheme = scheme;
    const chart = new uPlot(
      { ...options(colorsOf(element)), width: element.clientWidth, height },
      latest.current,
      element,
    );
    plot.current = chart;
    const size = new ResizeObserver(([entry]) => {
      if (entry) chart.setSize({ width: entry.contentRect.width, height });
    });
    size.observe(element);
    return () => {
      size.disconnect();
      chart.destroy();
      plot.current = null;
    };
  }, [scheme, options, height]);

  useEffect(() => plot.current?.setData(data), [data]);

  return (
    <div
      ref={place}
      className={classes.chart}
      style={{ minHeight: height }}
      role="img"
      aria-label={label}
    />
  );
}

/** An axis in the colours of the page. */
export function axis(colors: ChartColors, more: uPlot.Axis = {}): uPlot.Axis {
  return {
    stroke: colors.text,
    grid: { stroke: colors.line, width: 1 },
    ticks: { stroke: colors.line, width: 1 },
    ...more,
  };
}

/** A time axis with 24 hours and the month as a word, in the zone of the person. */
export function timeAxis(colors: ChartColors): uPlot.Axis {
  const [year, day] = ['\n{D} {MMM} {YYYY}', '\n{D} {MMM}'];
  const none = [null, null, null] as const;
  return axis(colors, {
    // From so many seconds between two ticks on: the text, and what a new year, month, day … adds.
    values: [
      [365 * 86_400, '{YYYY}', null, null, null, ...none, 1],
      [28 * 86_400, '{MMM}', '\n{YYYY}', null, null, ...none, 1],
      [86_400, '{D} {MMM}', '\n{YYYY}', null, null, ...none, 1],
      [60, '{HH}:{mm}', year, null, day, ...none, 1],
      [0.001, '{HH}:{mm}:{ss}', year, null, day, ...none, 1],
    ],
  });
}

function colorsOf(element: Element): ChartColors {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: color('--mantine-color-dimmed'),
    line: color('--lics-line'),
    device: color('--lics-device'),
    deviceSoft: color('--lics-device-soft'),
    session: color('--lics-session'),
    warning: color('--mantine-color-orange-6'),
  };
}
