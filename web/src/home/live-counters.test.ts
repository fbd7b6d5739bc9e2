import { expect, test } from 'vitest';
import { count, type LiveCounters } from './live-counters';

test('trials and outcomes are counted, and nothing else', () => {
  const events = [
    { kind: 'trial', name: '' },
    { kind: 'output', name: 'pump' },
    { kind: 'outcome', name: 'correct' },
    { kind: 'trial', name: '' },
    { kind: 'outcome', name: 'omission' },
    { kind: 'outcome', name: 'correct' },
  ];
  const before: LiveCounters = { trials: 10, outcomes: [{ outcome: 'omission', count: 3 }] };
  expect(events.reduce(count, before)).toEqual({
    trials: 12,
    outcomes: [
      { outcome: 'omission', count: 4 },
      { outcome: 'correct', count: 2 },
    ],
  });
});
