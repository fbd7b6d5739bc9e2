import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Surface } from './surface';

interface Props {
  title: string;
  /** Beside the title: a link or a button. */
  more?: ReactNode;
  /** A list that goes to the edges of its sheet. */
  flush?: boolean;
  children: ReactNode;
}

/** A part of a page: a heading and a sheet below it. */
export function Section({ title, more, flush = false, children }: Props) {
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{title}</Title>
        {more}
      </Group>
      <Surface p={flush ? 0 : 'md'}>{children}</Surface>
    </section>
  );
}
