import { expect, test } from 'vitest';
import { accuracyPercent } from './accuracy';

const of = (counts: Record<string, number>) =>
  accuracyPercent(Object.entries(counts).map(([outcome, count]) => ({ outcome, count })));

test('omissions and premature responses do not count', () => {
  expect(of({ correct: 30, incorrect: 10, omission: 50, premature: 7 })).toBe(75);
});

test('in a go/no-go task both kinds of stimulus count', () => {
  expect(of({ hit: 40, miss: 10, correct_rejection: 20, false_alarm: 30 })).toBe(60);
});

test('without a response there is none', () => {
  expect(of({ omission: 12 })).toBeNull();
  expect(of({})).toBeNull();
});
