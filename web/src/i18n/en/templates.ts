export const templates = {
  title: 'Templates',
  lead: 'Published tasks, tested, to start from.',
} as const;
