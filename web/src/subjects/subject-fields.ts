/** What a person fills in about a subject. */
export interface SubjectFields {
  name: string;
  species: string;
  sex: string;
  /** A day such as `2026-03-01`, or nothing. */
  bornOn: string;
  cohort: string;
  notes: string;
  baselineGrams: number | string;
  targetPercent: number | string;
}

export type SubjectProblem = 'nameNeeded' | 'bornInFuture' | 'baselineWrong' | 'targetWrong';

/** What is wrong with which field, as keys of the catalogue. The server has the last word. */
export function checkSubject(
  { name, bornOn, baselineGrams, targetPercent }: SubjectFields,
  now: Date,
): Partial<Record<keyof SubjectFields, SubjectProblem>> {
  const wrong: Partial<Record<keyof SubjectFields, SubjectProblem>> = {};
  if (!name.trim()) wrong.name = 'nameNeeded';
  if (bornOn && Date.parse(bornOn) > now.getTime()) wrong.bornOn = 'bornInFuture';
  if (baselineGrams !== '' && !within(Number(baselineGrams), 0.1, 1_000_000)) {
    wrong.baselineGrams = 'baselineWrong';
  }
  if (targetPercent !== '' && !(Number(targetPercent) > 0 && Number(targetPercent) <= 100)) {
    wrong.targetPercent = 'targetWrong';
  }
  return wrong;
}

const within = (value: number, least: number, most: number) => value >= least && value <= most;
