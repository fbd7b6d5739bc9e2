interface Outcome {
  outcome: string;
  count: number;
}

const right = new Set(['correct', 'hit', 'correct_rejection']);
const wrong = new Set(['incorrect', 'error', 'miss', 'false_alarm']);

/**
 * Percentage of right responses among all responses, as in the five-choice
 * literature: omissions and premature responses are none. In a go/no-go task a
 * miss and a false alarm are wrong. Null when there was no response.
 */
export function accuracyPercent(outcomes: readonly Outcome[]): number | null {
  const sum = (words: ReadonlySet<string>) =>
    outcomes.reduce((n, { outcome, count }) => (words.has(outcome) ? n + count : n), 0);
  const [good, bad] = [sum(right), sum(wrong)];
  return good + bad === 0 ? null : (100 * good) / (good + bad);
}
