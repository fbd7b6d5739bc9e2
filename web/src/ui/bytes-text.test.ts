import { expect, test } from 'vitest';
import { bytesText } from './bytes-text';

test('a size is told in the unit that people would take', () => {
  expect([0, 999, 1_000, 12_345, 99_960, 999_600, 4e9, 5e16].map(bytesText)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '12.3 kB',
    '100 kB',
    '1.0 MB',
    '4.0 GB',
    '50000 TB',
  ]);
});
