export const inbox = {
  title: 'Inbox',
  lead: 'Runs that wait for a person.',
  none: 'Nobody is waiting for you',
  noneWhy: 'When a run asks a question, it is here.',
  question: 'Question',
  run: 'Run',
  asked: 'Asked',
} as const;
