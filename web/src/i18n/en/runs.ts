export const runs = {
  title: 'Runs',
  lead: 'What has been run, and what runs now.',
  none: 'No run yet',
  noneWhy: 'Choose a protocol and start it.',
  startTitle: 'Start a run',
  run: 'Run',
  subject: 'Subject',
  status: 'Status',
  asked: 'Asked for',
} as const;
