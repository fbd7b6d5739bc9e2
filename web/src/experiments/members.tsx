import { ActionIcon, Group, Select, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface Member {
  id: string;
  name: string;
}

interface Props<Item extends Member> {
  members: readonly Item[];
  /** What could belong to it, found by the search. */
  candidates: readonly Member[];
  onSearch: (text: string) => void;
  onAdd: (id: string) => void;
  onRemove: (id: string) => void;
  addLabel: string;
  none: string;
  children: (member: Item) => ReactNode;
}

/** What belongs to an experiment, with a search to add more. */
export function Members<Item extends Member>({
  members,
  candidates,
  onSearch,
  onAdd,
  onRemove,
  addLabel,
  none,
  children,
}: Props<Item>) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const here = new Set(members.map(({ id }) => id));
  return (
    <Stack gap="xs">
      <Select
        aria-label={addLabel}
        placeholder={addLabel}
        searchable
        value={null}
        searchValue={text}
        onSearchChange={(value) => {
          setText(value);
          onSearch(value);
        }}
        onChange={(id) => {
          setText('');
          onSearch('');
          if (id) onAdd(id);
        }}
        nothingFoundMessage={t('experiments.nothingFound')}
        filter={({ options }) => options}
        data={candidates
          .filter(({ id }) => !here.has(id))
          .map(({ id, name }) => ({ value: id, label: name }))}
      />
      {members.length === 0 ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        members.map((member) => (
          <Group key={member.id} justify="space-between" wrap="nowrap">
            {children(member)}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('experiments.remove', { name: member.name })}
              onClick={() => onRemove(member.id)}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))
      )}
    </Stack>
  );
}
