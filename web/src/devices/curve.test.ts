import { expect, test } from 'vitest';
import { curveOf } from './curve';

test('points are put in order, and rows that are not filled in are left out', () => {
  const { points, problem } = curveOf([
    { microlitres: 10, openMs: 60 },
    { microlitres: '2', openMs: '15' },
    { microlitres: 4, openMs: '' },
  ]);
  expect(points).toEqual([
    { microlitres: 2, openMs: 15 },
    { microlitres: 10, openMs: 60 },
  ]);
  expect(problem).toBeNull();
});

test.each([
  [[[5, 20]], { key: 'needTwo' }],
  [
    [
      [0, 5],
      [5, 20],
    ],
    { key: 'mustBePositive' },
  ],
  [
    [
      [2, 30],
      [5, 20],
    ],
    { key: 'mustGrow', microlitres: 5 },
  ],
  [
    [
      [5, 20],
      [5, 30],
    ],
    { key: 'mustGrow', microlitres: 5 },
  ],
])('%j has the problem %j', (rows, problem) => {
  const filled = rows.map(([microlitres = 0, openMs = 0]) => ({ microlitres, openMs }));
  expect(curveOf(filled).problem).toEqual(problem);
});
