/** What is shown of a run while it goes on. */
export interface LiveCounters {
  trials: number;
  outcomes: readonly { outcome: string; count: number }[];
}

/** An event as far as it counts. */
export interface Counted {
  kind: string;
  name: string;
}

/** The counters after one more event. */
export function count(counters: LiveCounters, { kind, name }: Counted): LiveCounters {
  switch (kind) {
    case 'trial':
      return { ...counters, trials: counters.trials + 1 };
    case 'outcome':
      return { ...counters, outcomes: addOutcome(counters.outcomes, name) };
    default:
      return counters;
  }
}

function addOutcome(outcomes: LiveCounters['outcomes'], outcome: string): LiveCounters['outcomes'] {
  return outcomes.some((each) => each.outcome === outcome)
    ? outcomes.map((each) => (each.outcome === outcome ? { ...each, count: each.count + 1 } : each))
    : [...outcomes, { outcome, count: 1 }];
}
