import { expect, test } from 'vitest';
import { labelLines } from './label-lines';

test.each([
  ['Reward', ['Reward']],
  ['Inter-trial interval', ['Inter-trial', 'interval']],
  ['Wait for port out', ['Wait for port', 'out']],
  ['Inactive pokes and pauses', ['Inactive', 'pokes and pa…']],
  ['Counterbalancing', ['Counterbalan…']],
])('%s is written in %j', (label, lines) => {
  expect(labelLines(label)).toEqual(lines);
});
