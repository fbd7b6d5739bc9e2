import { expect, test } from 'vitest';
import { type Field, valuesOf } from './form-values';

const field = (type: string, more: Partial<Field> = {}): Field => ({
  name: 'x',
  type,
  required: false,
  ...more,
});

test('numbers are numbers, durations and texts stay texts, and an open box is false', () => {
  const fields = [
    { ...field('float'), name: 'weight' },
    { ...field('bool'), name: 'groomed' },
    { ...field('duration'), name: 'wait' },
    { ...field('string'), name: 'coat' },
    { ...field('int'), name: 'empty' },
  ];
  expect(valuesOf(fields, { weight: '24.5', wait: '1min 30s', coat: 'dull', empty: '' })).toEqual({
    values: { weight: 24.5, groomed: false, wait: '1min 30s', coat: 'dull' },
    problems: {},
  });
});

test.each([
  [field('float', { required: true }), '', { key: 'needed' }],
  [field('float', { minimum: 5 }), '4.9', { key: 'atLeast', least: 5 }],
  [field('float', { maximum: 60 }), 61, { key: 'atMost', most: 60 }],
  [field('int'), '1.5', { key: 'notWhole' }],
  [field('float'), 'much', { key: 'notNumber' }],
  [field('duration'), '5', { key: 'notDuration' }],
])('%j refuses %j', (one, raw, problem) => {
  expect(valuesOf([one], { x: raw }).problems).toEqual({ x: problem });
});
