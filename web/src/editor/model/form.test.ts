import { describe, expect, test } from 'vitest';
import { type FieldSchema, readValue, shownFields, valueText, withField } from './form';

describe('a value is written as a person writes it', () => {
  test.each([
    ['5', 5],
    ['true', true],
    ['[1, 2]', [1, 2]],
    ['2s', '2s'],
    ['"5"', '5'],
    ['  ', undefined],
  ])('%s', (text, value) => {
    expect(readValue(text)).toEqual(value);
    expect(readValue(valueText(value))).toEqual(value);
  });
});

describe('of an action are shown', () => {
  const schema: FieldSchema = {
    type: 'object',
    properties: { do: {}, if: {}, channel: {}, volume: {}, text: {} },
    'x-lics-fields': { by: 'do', fields: { pulse: ['channel', 'volume'], print: ['text'] } },
  };
  test('the fields of its verb and those of every verb', () => {
    expect(shownFields(schema, { do: 'pulse' })).toEqual(['do', 'if', 'channel', 'volume']);
  });
  test('a field of another verb as long as it holds something', () => {
    expect(shownFields(schema, { do: 'print', channel: 'pump' })).toContain('channel');
  });
  test('before a verb is chosen, none of theirs', () => {
    expect(shownFields(schema, {})).toEqual(['do', 'if']);
  });
});

test('a field that was emptied is gone, and others keep their order', () => {
  expect(withField({ a: 1, b: 2, c: 3 }, 'b', '')).toEqual({ a: 1, c: 3 });
  expect(Object.keys(withField({ a: 1, b: 2 }, 'a', 5))).toEqual(['a', 'b']);
});
