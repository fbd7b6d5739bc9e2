import { describe, expect, test } from 'vitest';
import { Bars } from './bars';

describe('bars of a lane', () => {
  test('a bar is open until it is closed, or the next one begins', () => {
    const bars = new Bars();
    bars.open(10, 1);
    expect(bars.isOpen).toBe(true);
    bars.open(30, 2);
    expect(bars.end(0)).toBe(30);
    bars.close(50);
    expect([bars.start(1), bars.end(1), bars.label(1)]).toEqual([30, 50, 2]);
    bars.close(90);
    expect(bars.end(1)).toBe(50);
  });

  test('a bar is found by a time within it, and none in between', () => {
    const bars = new Bars();
    bars.add(10, 20, 1);
    bars.add(40, 60, 2);
    expect([5, 10, 15, 20, 30, 40, 61].map((at) => bars.at(at))).toEqual([-1, 0, 0, 0, -1, 1, -1]);
    expect(bars.firstAfter(21)).toBe(1);
    expect(bars.firstAfter(100)).toBe(2);
  });

  test('what the bar is can be said after it began', () => {
    const bars = new Bars();
    bars.open(0, 0);
    bars.relabel(7);
    expect(bars.label(0)).toBe(7);
  });

  test('the oldest go when there are more than the limit, in their order', () => {
    const bars = new Bars(64);
    for (let i = 0; i < 1_000; i++) bars.add(i, i + 0.5, i);
    expect(bars.count).toBe(64);
    expect(bars.start(0)).toBe(936);
    expect(bars.label(63)).toBe(999);
    expect(bars.at(950.25)).toBe(14);
  });

  test('it grows up to the limit without losing any', () => {
    const bars = new Bars(1_024);
    for (let i = 0; i < 1_000; i++) bars.add(i, i + 0.5, i, i / 2);
    expect(bars.count).toBe(1_000);
    expect(bars.label(999)).toBe(999);
    expect(bars.level(500)).toBe(250);
  });
});
