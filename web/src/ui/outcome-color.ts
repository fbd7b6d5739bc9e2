const usual: Record<string, string> = {
  correct: 'teal',
  hit: 'teal',
  reward: 'teal',
  rewarded: 'teal',
  correct_rejection: 'cyan',
  incorrect: 'red',
  error: 'red',
  false_alarm: 'red',
  premature: 'orange',
  early: 'orange',
  omission: 'gray',
  miss: 'gray',
};

const others = ['indigo', 'grape', 'lime', 'yellow', 'pink', 'blue'];

/** Colour of an outcome of a trial: that of its kind, or always the same one for a word. */
export function outcomeColor(outcome: string): string {
  let sum = 0;
  for (const letter of outcome) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return usual[outcome] ?? others[sum % others.length] ?? 'gray';
}
