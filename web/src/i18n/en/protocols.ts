export const protocols = {
  title: 'Protocols',
  lead: 'What can be run. Every save is a version that stays.',
  none: 'No protocol yet',
  noneWhy: 'Start from a template, or draw one from nothing.',
  name: 'Protocol',
  version: 'Version',
  updated: 'Saved',
} as const;
