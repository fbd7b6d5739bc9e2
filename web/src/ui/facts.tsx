import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface Fact {
  name: string;
  value: ReactNode;
}

/** Names and values beside each other, such as a date and a version. */
export function Facts({ of }: { of: readonly Fact[] }) {
  return (
    <Group component="dl" gap="xl" m={0}>
      {of.map(({ name, value }) => (
        <div key={name}>
          <Text component="dt" size="xs" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm" m={0}>
            {value}
          </Text>
        </div>
      ))}
    </Group>
  );
}
