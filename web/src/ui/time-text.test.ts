import { describe, expect, test } from 'vitest';
import { agoText, fullTimeText, timeText, zoneName } from './time-text';

const zurich = 'Europe/Zurich';

describe('a moment', () => {
  test('of today is shown without the date', () => {
    const now = new Date('2026-11-24T22:00:00Z');
    expect(timeText(new Date('2026-11-24T01:02:03Z'), now, zurich)).toBe('02:02:03');
  });

  test('is of today in the zone of the person, not in that of the server', () => {
    const now = new Date('2026-11-24T22:00:00Z');
    const late = new Date('2026-11-24T23:30:00Z');
    expect(timeText(late, now, zurich)).toBe('25 Nov 2026, 00:30:00');
    expect(timeText(late, now, 'America/New_York')).toBe('18:30:00');
  });

  test('has the name that its zone has then', () => {
    expect(zoneName(new Date('2026-01-15T12:00:00Z'), zurich)).toBe('CET');
    expect(zoneName(new Date('2026-07-15T12:00:00Z'), zurich)).toBe('CEST');
    expect(zoneName(new Date('2026-07-15T12:00:00Z'), 'Asia/Tokyo')).toBe('GMT+9');
  });

  test('says everything in its title', () => {
    expect(fullTimeText(new Date('2026-07-15T12:00:00.250Z'), zurich)).toMatch(
      /^Wednesday,? 15 July 2026 at 14:00:00 CEST \(Europe\/Zurich\); 2026-07-15T12:00:00\.250Z$/,
    );
  });
});

describe('how long ago', () => {
  const now = new Date('2026-11-24T12:00:00Z');

  test.each([
    [0, 'now'],
    [-5, '5 sec. ago'],
    [-119, '1 min. ago'],
    [-2 * 3_600, '2 hr. ago'],
    [-86_400, 'yesterday'],
    [90, 'in 1 min.'],
  ])('%d s is %s', (s, text) => {
    expect(agoText(new Date(now.getTime() + s * 1_000), now)).toBe(text);
  });

  test('is not said of what is older than a week', () => {
    expect(agoText(new Date('2026-11-17T11:59:59Z'), now)).toBeNull();
  });
});
