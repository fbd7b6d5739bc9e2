import { expect, test } from 'vitest';
import { durationText } from './duration-text';

test.each([
  [0, '0 ms'],
  [0.4, '0 ms'],
  [999.4, '999 ms'],
  [1_000, '1.0 s'],
  [4_249, '4.2 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [59_499, '59 s'],
  [59_500, '1 min 00 s'],
  [200_000, '3 min 20 s'],
  [3_599_499, '59 min 59 s'],
  [3_599_500, '1 h 00 min'],
  [7_500_000, '2 h 05 min'],
  [86_369_000, '23 h 59 min'],
  [86_400_000, '1 d 0 h'],
  [100 * 3_600_000, '4 d 4 h'],
  [-1_500, '−1.5 s'],
  [Number.NaN, '–'],
])('%d ms is %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
