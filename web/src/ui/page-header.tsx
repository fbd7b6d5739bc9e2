import { Box, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePageTitle } from './page-title';

interface Props {
  title: string;
  /** One sentence under the title. */
  lead?: ReactNode;
  /** Above the title: where the page belongs. */
  breadcrumb?: ReactNode;
  /** Beside the title: status and the like. */
  badge?: ReactNode;
  /** Buttons. */
  actions?: ReactNode;
}

/** Heading of a page. It also names the browser's tab. */
export function PageHeader({ title, lead, breadcrumb, badge, actions }: Props) {
  usePageTitle(title);
  return (
    <Group justify="space-between" align="flex-start" gap="sm" mb="lg">
      <Box miw={0}>
        {breadcrumb}
        <Group gap="sm">
          <Title order={1}>{title}</Title>
          {badge}
        </Group>
        {lead ? (
          <Text c="dimmed" size="sm" mt={4}>
            {lead}
          </Text>
        ) : null}
      </Box>
      {actions ? <Group gap="xs">{actions}</Group> : null}
    </Group>
  );
}
