import { expect, test } from 'vitest';
import { checkSubject, type SubjectFields } from './subject-fields';

const now = new Date('2026-11-24T12:00:00Z');
const good: SubjectFields = {
  name: 'M001',
  species: '',
  sex: '',
  bornOn: '2026-05-01',
  cohort: '',
  notes: '',
  baselineGrams: '',
  targetPercent: '',
};

test('a name is enough', () => {
  expect(checkSubject({ ...good, bornOn: '' }, now)).toEqual({});
});

test.each([
  [{ name: '  ' }, { name: 'nameNeeded' }],
  [{ bornOn: '2027-01-01' }, { bornOn: 'bornInFuture' }],
  [{ baselineGrams: 0 }, { baselineGrams: 'baselineWrong' }],
  [{ baselineGrams: 25 }, {}],
  [{ targetPercent: 0 }, { targetPercent: 'targetWrong' }],
  [{ targetPercent: 101 }, { targetPercent: 'targetWrong' }],
  [{ targetPercent: '100' }, {}],
])('%j gives %j', (fields, wrong) => {
  expect(checkSubject({ ...good, ...fields }, now)).toEqual(wrong);
});
