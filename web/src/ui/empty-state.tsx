import { Center, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconInbox, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** What to do about it. */
  children?: ReactNode;
  icon?: TablerIcon;
  /** A button. */
  action?: ReactNode;
  /** It is the whole page, and its title the heading of it. */
  page?: boolean;
}

/** In place of a list that has nothing. */
export function EmptyState({
  title,
  children,
  icon: Icon = IconInbox,
  action,
  page = false,
}: Props) {
  return (
    <Center py={56} px="md">
      <Stack align="center" gap="xs" maw={440}>
        <ThemeIcon variant="light" color="gray" size={52} radius="xl">
          <Icon size={26} stroke={1.5} aria-hidden />
        </ThemeIcon>
        <Title order={page ? 1 : 2} size="h2" ta="center">
          {title}
        </Title>
        {children ? (
          <Text component="div" size="sm" c="dimmed" ta="center">
            {children}
          </Text>
        ) : null}
        {action}
      </Stack>
    </Center>
  );
}
