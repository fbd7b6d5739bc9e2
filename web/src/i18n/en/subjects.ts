export const subjects = {
  title: 'Subjects',
  lead: 'The animals, or the participants.',
  none: 'No subject yet',
  noneWhy: 'A run can be without a subject, but a record is better with one.',
  name: 'Subject',
  species: 'Species',
  cohort: 'Cohort',
} as const;
