import { expect, test } from 'vitest';
import { HappeningLog } from './happening-log';

const log = (from: number, to: number, limit?: number) => {
  const out = new HappeningLog(limit);
  for (let at = from; at < to; at++) out.add({ at, kind: 'event', name: 'a', value: '' });
  return out;
};
const read = (of: HappeningLog) =>
  Array.from({ length: of.length }, (_, i) => of.at(of.first + i)?.at);

test('what happened is read by its place, which stays when older ones come', () => {
  const all = log(5_000, 9_000);
  expect([all.first, all.end]).toEqual([0, 4_000]);
  all.prepend(log(2_000, 5_000));
  all.prepend(log(1_999, 2_000));
  expect(all.at(0)?.at).toBe(5_000);
  expect(all.at(3_999)?.at).toBe(8_999);
  expect(all.at(4_000)).toBeUndefined();
  expect(all.first).toBe(-3_001);
  expect(read(all)).toEqual(Array.from({ length: 7_001 }, (_, i) => 1_999 + i));
  all.add({ at: 9_000, kind: 'event', name: 'a', value: '' });
  expect(all.at(4_000)?.at).toBe(9_000);
});

test('the oldest go when there are more than the limit', () => {
  const all = log(0, 50_000, 10_000);
  expect(all.length).toBeLessThanOrEqual(10_000);
  expect(all.length).toBeGreaterThan(7_000);
  expect(all.at(all.end - 1)?.at).toBe(49_999);
  expect(all.at(all.first)?.at).toBe(all.first);
});

test('an empty one has nothing at any place', () => {
  const none = new HappeningLog();
  expect(none.at(0)).toBeUndefined();
  none.prepend(log(0, 2));
  expect(read(none)).toEqual([0, 1]);
});
