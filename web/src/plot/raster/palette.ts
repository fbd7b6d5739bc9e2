/** Colours of a raster, as the canvas takes them. */
export interface Palette {
  text: string;
  /** Of words on bars. */
  ink: string;
  dimmed: string;
  line: string;
  input: string;
  output: string;
  session: string;
  event: string;
  cursor: string;
  gap: string;
  lost: string;
  /** In the order in which labels are met. */
  many: readonly string[];
  outcome(name: string): string | undefined;
}

const manyLight = [
  '#0f7268',
  '#c2641a',
  '#5b6abf',
  '#a83a6d',
  '#6f8419',
  '#2f7fb0',
  '#8a5a2b',
  '#7a4bb0',
  '#4d6b57',
  '#b0852a',
];
const manyDark = [
  '#41bcae',
  '#e59a5c',
  '#93a0ea',
  '#dc7ba7',
  '#a9c054',
  '#6fb6e2',
  '#c39a70',
  '#b28ce6',
  '#8fb39c',
  '#ddbb66',
];

const good = new Set(['correct', 'hit', 'correct_rejection', 'reward', 'rewarded', 'success']);
const bad = new Set(['incorrect', 'error', 'false_alarm', 'failure', 'wrong']);
const none = new Set(['omission', 'miss', 'no_response', 'timeout', 'time_out']);
const early = new Set(['premature', 'abort', 'aborted', 'early', 'broken_fixation']);

const outcomesLight = { good: '#2f8f4e', bad: '#c73a3a', none: '#8b8b84', early: '#d0891c' };
const outcomesDark = { good: '#57c47c', bad: '#ef7676', none: '#8d949f', early: '#edb04c' };

function outcomeColor(colors: typeof outcomesLight, name: string): string | undefined {
  if (good.has(name)) return colors.good;
  if (bad.has(name)) return colors.bad;
  if (none.has(name)) return colors.none;
  if (early.has(name)) return colors.early;
  return undefined;
}

const light: Palette = {
  text: '#33373f',
  ink: '#ffffff',
  dimmed: '#62625c',
  line: '#e6e6e1',
  input: '#2f6fb0',
  output: '#c2641a',
  session: '#7850d3',
  event: '#62625c',
  cursor: '#151f33',
  gap: 'rgba(120, 120, 110, 0.16)',
  lost: 'rgba(199, 58, 58, 0.14)',
  many: manyLight,
  outcome: (name) => outcomeColor(outcomesLight, name),
};

const dark: Palette = {
  text: '#dcdfe6',
  ink: '#0e1218',
  dimmed: '#959dab',
  line: '#323a48',
  input: '#6fb0ea',
  output: '#e59a5c',
  session: '#b69df4',
  event: '#959dab',
  cursor: '#f1f4f9',
  gap: 'rgba(160, 168, 180, 0.16)',
  lost: 'rgba(239, 118, 118, 0.18)',
  many: manyDark,
  outcome: (name) => outcomeColor(outcomesDark, name),
};

export const palette = (scheme: 'light' | 'dark'): Palette => (scheme === 'dark' ? dark : light);

/** The colour of an outcome, the n-th that was met. */
export function colorOfOutcome(colors: Palette, name: string, n: number): string {
  return colors.outcome(name) ?? colorAt(colors, n);
}

export const colorAt = (colors: Palette, n: number): string =>
  colors.many[n % colors.many.length] ?? colors.text;
