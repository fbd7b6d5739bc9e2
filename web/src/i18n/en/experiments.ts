export const experiments = {
  title: 'Experiments',
  lead: 'Studies: the protocols, subjects and runs that belong together.',
  none: 'No experiment yet',
  noneWhy: 'An experiment keeps the runs of a study together.',
  name: 'Experiment',
  description: 'Description',
} as const;
