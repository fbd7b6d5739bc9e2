import { describe, expect, test } from 'vitest';
import { momentOf, rangeOf, zoomedOut } from './time-range';

const now = Date.parse('2026-11-24T12:00:00Z');

test.each([
  ['now', '2026-11-24T12:00:00Z'],
  ['now-15m', '2026-11-24T11:45:00Z'],
  ['now-2d', '2026-11-22T12:00:00Z'],
  ['2026-11-24T01:02:03+01:00', '2026-11-24T00:02:03Z'],
  [String(Date.parse('2026-11-01T00:00:00Z')), '2026-11-01T00:00:00Z'],
])('%s is a moment', (text, at) => {
  expect(momentOf(text, now)).toBe(Date.parse(at));
});

test.each(['', 'now-', 'now-1y', 'yesterday', '12'])('"%s" is none', (text) => {
  expect(momentOf(text, now)).toBeUndefined();
});

describe('a range', () => {
  test('that ends now moves, and one that ends in the past does not', () => {
    expect(rangeOf('now-6h', 'now', now).moves).toBe(true);
    expect(rangeOf('now-6h', '2026-11-24T10:00:00Z', now).moves).toBe(false);
  });

  test('that is nonsense, or runs backwards, is the last hour', () => {
    const hour = { fromMs: now - 3_600_000, toMs: now, moves: true };
    expect(rangeOf('gestern', 'now', now)).toEqual(hour);
    expect(rangeOf('now', 'now-6h', now)).toEqual(hour);
  });

  test('is twice as long when zoomed out, and never reaches into the future', () => {
    const past = rangeOf('2026-11-24T08:00:00Z', '2026-11-24T10:00:00Z', now);
    expect(zoomedOut(past, now)).toEqual({
      from: '2026-11-24T07:00:00.000Z',
      to: '2026-11-24T11:00:00.000Z',
    });
    expect(zoomedOut(rangeOf('now-1h', 'now', now), now).to).toBe('now');
  });
});
