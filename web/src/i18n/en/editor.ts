export const editor = {
  title: 'Editor',
  newTitle: 'New protocol',
} as const;
