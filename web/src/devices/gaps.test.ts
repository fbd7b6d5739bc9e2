import { expect, test } from 'vitest';
import { columnsOf } from './gaps';

const point = (s: number, mean = 40) => ({
  at: new Date(s * 1_000).toISOString(),
  mean,
  min: mean - 1,
  max: mean + 1,
});

test('a line is broken where nothing was sent', () => {
  const [times, mean, min, max] = columnsOf(
    [0, 10, 20, 80, 90].map((s) => point(s)),
    1_000,
  );
  expect(times).toEqual([0, 10, 20, 50, 80, 90]);
  expect(mean).toEqual([40, 40, 40, null, 40, 40]);
  expect(min[3]).toBeNull();
  expect(max).toEqual([41, 41, 41, null, 41, 41]);
});

test('a metric that is sent more seldom than a span is long has no gaps for that', () => {
  const [times] = columnsOf(
    [0, 30, 60, 90].map((s) => point(s)),
    7_000,
  );
  expect(times).toEqual([0, 30, 60, 90]);
});

test('one point, or none, is drawn as it is', () => {
  expect(columnsOf([], 1_000)).toEqual([[], [], [], []]);
  expect(columnsOf([point(5, 1)], 1_000)).toEqual([[5], [1], [0], [2]]);
});
