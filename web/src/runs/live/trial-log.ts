/** Outcomes that count as right and as wrong; others are neither, as in the server's word for accuracy. */
const right = new Set(['correct', 'hit', 'correct_rejection']);
const wrong = new Set(['incorrect', 'error', 'miss', 'false_alarm']);

export interface Trial {
  number: number;
  /** Milliseconds since the run was asked for. */
  startMs: number;
  /** Of its outcome; null before. */
  outcomeMs: number | null;
  outcome: string;
  /** From entering the state to the outcome that came in it; null before. */
  latencyMs: number | null;
}

/** Trials are shown up to so many; counts go on. */
const kept = 20_000;

type End = Pick<Trial, 'outcome' | 'outcomeMs' | 'latencyMs'>;

/** The trials of a run, and how they went. */
export class TrialLog {
  readonly trials: Trial[] = [];
  /** By outcome, the most frequent first at the start; others in the order in which they first came. */
  readonly outcomes = new Map<string, number>();
  begun = 0;
  /** Of the last one of each task, which is still open. */
  readonly #open = new Map<string, Trial>();
  /** How a trial of each task ended that began before the log does. */
  readonly #endsBefore = new Map<string, End>();

  /** What was before the log begins: it is counted, and its trials may come later. */
  countBefore(begun: number, outcomes: readonly { outcome: string; count: number }[]): void {
    this.begun += begun;
    for (const { outcome, count } of outcomes) {
      this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + count);
    }
  }

  /**
   * Puts older trials, which are counted already, before all others. `since`
   * says when the state began that a task was left in.
   */
  prepend(older: TrialLog, since: (task: string) => number | undefined): void {
    for (const [task, end] of this.#endsBefore) {
      const began = since(task);
      if (end.latencyMs === null && end.outcomeMs !== null && began !== undefined) {
        end.latencyMs = end.outcomeMs - began;
      }
      const trial = older.#open.get(task);
      if (!trial) continue;
      Object.assign(trial, end);
      this.#endsBefore.delete(task);
    }
    for (const [task, trial] of older.#open) {
      if (!this.#open.has(task)) this.#open.set(task, trial);
    }
    for (const [task, end] of older.#endsBefore) this.#endsBefore.set(task, end);
    const room = Math.max(0, kept - this.trials.length);
    this.trials.unshift(...older.trials.slice(Math.max(0, older.trials.length - room)));
  }

  begin(task: string, number: number, atMs: number): void {
    const trial = { number, startMs: atMs, outcomeMs: null, outcome: '', latencyMs: null };
    this.#open.set(task, trial);
    this.trials.push(trial);
    this.begun += 1;
    if (this.trials.length > kept) this.trials.splice(0, kept / 4);
  }

  end(task: string, outcome: string, atMs: number, stateSinceMs: number | undefined): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    const latencyMs = stateSinceMs === undefined ? null : atMs - stateSinceMs;
    const end = { outcome, outcomeMs: atMs, latencyMs };
    const trial = this.#open.get(task);
    if (trial) Object.assign(trial, end);
    else this.#endsBefore.set(task, end);
  }
}

export interface Rolling {
  /** Of the last trial of each window, counted from 1 in the run. */
  trial: number[];
  /** Share of right answers among right and wrong ones, 0 to 1; null without any. */
  accuracy: (number | null)[];
  /** Median latency of right answers in milliseconds; null without any. */
  latencyMs: (number | null)[];
}

/** How it went over the last trials, trial by trial. */
export function rolling(trials: readonly Trial[], window: number, first = 1): Rolling {
  const out: Rolling = { trial: [], accuracy: [], latencyMs: [] };
  const done = trials.filter(({ outcome }) => outcome !== '');
  for (let i = 0; i < done.length; i++) {
    const last = done.slice(Math.max(0, i + 1 - window), i + 1);
    const good = last.filter(({ outcome }) => right.has(outcome));
    const bad = last.filter(({ outcome }) => wrong.has(outcome)).length;
    out.trial.push(first + i);
    out.accuracy.push(good.length + bad > 0 ? good.length / (good.length + bad) : null);
    out.latencyMs.push(
      median(good.flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs]))),
    );
  }
  return out;
}

export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
