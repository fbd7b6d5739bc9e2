import { expect, test } from 'vitest';
import { limitsText, valueText } from './limits-text';

test('options say more than limits', () => {
  expect(limitsText({ type: 'int', minimum: 1, maximum: 5, options: [1, 3, 5] })).toMatchObject({
    key: 'options',
    options: '1, 3, 5',
  });
});

test('limits of a duration are seconds, and zero is a limit', () => {
  expect(limitsText({ type: 'duration', minimum: 0, maximum: null })).toMatchObject({
    key: 'atLeast',
    least: '0 s',
  });
  expect(limitsText({ type: 'float', minimum: 0, maximum: 10, options: null })).toMatchObject({
    key: 'between',
    least: '0',
    most: '10',
  });
  expect(limitsText({ type: 'float', maximum: 0 })).toMatchObject({ key: 'atMost', most: '0' });
  expect(limitsText({ type: 'bool' })).toMatchObject({ key: 'noLimits' });
});

test('values are shown as they are written', () => {
  expect(['2s', 5, false, [1, 2]].map(valueText)).toEqual(['2s', '5', 'false', '[1,2]']);
});
