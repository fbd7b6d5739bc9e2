import { describe, expect, test } from 'vitest';
import { clockText, endAt, pan, show, ticks, toTime, toX, zoom } from './window';

describe('the part of the time that is shown', () => {
  test('zooming leaves the time under the pointer where it is', () => {
    const before = { from: 1_000, to: 5_000 };
    const after = zoom(before, 0.25, 2_000);
    expect(toX(after, 2_000, 800)).toBeCloseTo(toX(before, 2_000, 800));
    expect(after.to - after.from).toBe(1_000);
  });

  test('zooming ends at a millisecond, so that it can be undone', () => {
    const narrow = zoom({ from: 0, to: 2 }, 1e-9, 1);
    expect(narrow.to - narrow.from).toBe(1);
  });

  test('a place on the screen is a time and back', () => {
    const window = { from: -500, to: 1_500 };
    expect(toTime(window, toX(window, 250, 640), 640)).toBeCloseTo(250);
  });

  test('it moves, and only as far as needed to show a time', () => {
    expect(pan({ from: 0, to: 10 }, 5)).toEqual({ from: 5, to: 15 });
    expect(endAt({ from: 0, to: 10 }, 100)).toEqual({ from: 90, to: 100 });
    expect(show({ from: 0, to: 10 }, 12)).toEqual({ from: 2, to: 12 });
    expect(show({ from: 0, to: 10 }, -2)).toEqual({ from: -2, to: 8 });
    expect(show({ from: 0, to: 10 }, 4)).toEqual({ from: 0, to: 10 });
  });

  test('ticks are at round times, so far apart that their texts fit', () => {
    const { at, stepMs } = ticks({ from: 400, to: 60_400 }, 600);
    expect(stepMs).toBe(10_000);
    expect(at).toEqual([10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
  });

  test('times are as fine as the step needs', () => {
    expect(clockText(65_000, 1_000)).toBe('1:05');
    expect(clockText(3_905_000, 60_000)).toBe('1:05:05');
    expect(clockText(12_250, 50)).toBe('0:12.25');
    expect(clockText(12_250, 200)).toBe('0:12.3');
    expect(clockText(-1_500, 500)).toBe('−0:01.5');
    expect(clockText(59_999.9, 1_000)).toBe('1:00');
  });
});
