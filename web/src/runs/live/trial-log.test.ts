import { describe, expect, test } from 'vitest';
import { momentMs } from './moment';
import { median, rolling, type Trial } from './trial-log';

const trial = (outcome: string, latencyMs: number | null = 100): Trial => ({
  number: 1,
  startMs: 0,
  outcomeMs: 1,
  outcome,
  latencyMs,
});

describe('how the last trials went', () => {
  test('accuracy counts right and wrong answers, and no omission', () => {
    const trials = ['correct', 'incorrect', 'omission', 'correct'].map((o) => trial(o));
    expect(rolling(trials, 10).accuracy).toEqual([1, 0.5, 0.5, 2 / 3]);
    expect(rolling([trial('omission')], 10).accuracy).toEqual([null]);
  });

  test('what lies before the window does not count any more', () => {
    const trials = ['incorrect', 'correct', 'correct'].map((o) => trial(o));
    expect(rolling(trials, 2).accuracy).toEqual([0, 0.5, 1]);
  });

  test('latency is the median of right answers', () => {
    const trials = [trial('correct', 100), trial('incorrect', 9_000), trial('correct', 300)];
    expect(rolling(trials, 10).latencyMs).toEqual([100, 100, 200]);
  });

  test('a trial under way is left out', () => {
    expect(rolling([trial('correct'), trial('')], 10).trial).toEqual([1]);
  });

  test('a median of none is none', () => {
    expect(median([])).toBeNull();
    expect(median([3, 1, 2])).toBe(2);
  });

  test('a moment keeps its microseconds', () => {
    expect(momentMs('2026-03-01T09:00:00.123456Z') - momentMs('2026-03-01T09:00:00Z')).toBeCloseTo(
      123.456,
      2,
    );
  });
});
