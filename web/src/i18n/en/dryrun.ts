export const dryrun = {
  title: 'Dry-run',
} as const;
