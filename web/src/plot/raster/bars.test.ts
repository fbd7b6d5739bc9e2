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

  test('older bars come before; one that was open ends when the next thing is known', () => {
    const bars = new Bars();
    bars.relabel(5); // an outcome, of a trial that began before
    bars.open(100, 1);
    const older = new Bars();
    older.open(10, 3);
    older.open(40, 0);
    bars.prepend(older, (label) => label + 10);
    const all = () =>
      Array.from({ length: bars.count }, (_, i) => [bars.start(i), bars.end(i), bars.label(i)]);
    expect(all()).toEqual([
      [10, 40, 13],
      [40, 100, 5],
      [100, Number.POSITIVE_INFINITY, 1],
    ]);
    const oldest = new Bars();
    oldest.close(1);
    oldest.open(2, 0);
    bars.prepend(oldest, () => 9);
    expect(all()[0]).toEqual([2, 10, 9]);
    bars.close(200);
    expect(bars.end(3)).toBe(200);
  });

  test('what only ended here began before; what was never heard of is still open', () => {
    const older = new Bars();
    older.open(10, 0);
    const ended = new Bars();
    ended.close(70);
    ended.prepend(older, (label) => label);
    expect([ended.start(0), ended.end(0)]).toEqual([10, 70]);
    const silent = new Bars();
    silent.prepend(older, (label) => label);
    expect(silent.isOpen).toBe(true);
  });

  test('a full ring keeps the latest when older ones come', () => {
    const bars = new Bars(64);
    for (let i = 100; i < 160; i++) bars.add(i, i + 0.5, i);
    const older = new Bars(64);
    for (let i = 0; i < 60; i++) older.add(i, i + 0.5, i);
    bars.prepend(older, (label) => label);
    expect([bars.count, bars.start(0), bars.start(63)]).toEqual([64, 56, 159]);
  });
});
