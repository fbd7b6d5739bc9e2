import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Levels } from './levels';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('only what changed is another value, so that only its row is drawn again', () => {
  const levels = new Levels();
  levels.take([
    { channel: 'poke_1', level: 0, changes: 4 },
    { channel: 'led_1', level: 0, changes: 0 },
  ]);
  const [poke, led] = [levels.channel('poke_1'), levels.channel('led_1')];
  let told = 0;
  levels.subscribe(() => told++);
  levels.take([
    { channel: 'poke_1', level: 0, changes: 6 },
    { channel: 'led_1', level: 0, changes: 0 },
  ]);
  expect(levels.channel('poke_1')).not.toBe(poke);
  expect(levels.channel('led_1')).toBe(led);
  levels.take([{ channel: 'led_1', level: 0, changes: 0 }]);
  expect(told).toBe(1);
});

test('a device that says nothing for a while is silent until it speaks again', () => {
  const levels = new Levels();
  expect(levels.hearing().state).toBe('waiting');
  levels.take([]);
  expect(levels.hearing().state).toBe('live');
  vi.advanceTimersByTime(3_000);
  levels.take([]);
  vi.advanceTimersByTime(3_000);
  expect(levels.hearing().state).toBe('live');
  vi.advanceTimersByTime(1_000);
  expect(levels.hearing().state).toBe('silent');
  levels.take([]);
  expect(levels.hearing().state).toBe('live');
});
