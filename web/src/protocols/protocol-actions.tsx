import { ActionIcon, Button, Group, Menu, Stack, Textarea, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDotsVertical,
  IconEdit,
  IconPencil,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../api/gql';
import { problem } from '../api/problem';
import { notifyDone, notifyFailed } from '../ui/notify';
import { ButtonLink } from '../ui/router-link';
import type { ProtocolItem } from './protocol-list';

const UpdateProtocol = graphql(`
  mutation UpdateProtocol($input: UpdateProtocolInput!) {
    updateProtocol(input: $input) { protocol { id name description archivedAt } }
  }
`);

const DuplicateProtocol = graphql(`
  mutation DuplicateProtocol($input: DuplicateProtocolInput!) {
    duplicateProtocol(input: $input) { protocol { id name } }
  }
`);

/** What can be done with a protocol from the list. */
export function ProtocolActions({ protocol }: { protocol: ProtocolItem }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [, update] = useMutation(UpdateProtocol);
  const [, duplicate] = useMutation(DuplicateProtocol);
  const { id, name, archivedAt } = protocol;

  const setArchived = async (archived: boolean) => {
    const { error } = await update({ input: { id, archived } });
    if (error) notifyFailed(t('protocols.failed'), error);
    else notifyDone(t(archived ? 'protocols.archivedDone' : 'protocols.restoredDone', { name }));
  };
  const copy = async () => {
    const { data, error } = await duplicate({ input: { version: protocol.latest.id } });
    if (error) notifyFailed(t('protocols.failed'), error);
    const made = data?.duplicateProtocol.protocol.name;
    if (made) notifyDone(t('protocols.duplicated', { name: made }));
  };
  const rename = () =>
    modals.open({
      title: t('protocols.renameTitle', { name }),
      children: <RenameForm protocol={protocol} />,
    });

  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {archivedAt ? null : (
        <ButtonLink
          to="/runs/start"
          search={{ protocol: id }}
          size="compact-sm"
          variant="light"
          aria-label={t('protocols.startNamed', { name })}
        >
          {t('protocols.start')}
        </ButtonLink>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('protocols.actionsOf', { name })}>
            <IconDotsVertical size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconEdit size={16} aria-hidden />}
            onClick={() => void navigate({ to: '/editor/$protocolId', params: { protocolId: id } })}
          >
            {t('protocols.open')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            onClick={() => void navigate({ to: '/runs', search: { protocol: id } })}
          >
            {t('protocols.runs')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copy()}>
            {t('protocols.duplicate')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={rename}>
            {t('protocols.rename')}
          </Menu.Item>
          {archivedAt ? (
            <Menu.Item
              leftSection={<IconArchiveOff size={16} aria-hidden />}
              onClick={() => void setArchived(false)}
            >
              {t('protocols.restore')}
            </Menu.Item>
          ) : (
            <Menu.Item
              leftSection={<IconArchive size={16} aria-hidden />}
              onClick={() => void setArchived(true)}
            >
              {t('protocols.archive')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function RenameForm({ protocol }: { protocol: ProtocolItem }) {
  const { t } = useTranslation();
  const [name, setName] = useState(protocol.name);
  const [description, setDescription] = useState(protocol.description);
  const [{ error, fetching }, update] = useMutation(UpdateProtocol);
  const save = async () => {
    const result = await update({ input: { id: protocol.id, name: name.trim(), description } });
    if (!result.error) modals.closeAll();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) void save();
      }}
    >
      <Stack>
        <TextInput
          label={t('protocols.name')}
          data-autofocus
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={name.trim() ? (error ? problem(error).message : null) : t('protocols.nameNeeded')}
        />
        <Textarea
          label={t('protocols.description')}
          autosize
          minRows={2}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={fetching}>
            {t('ui.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
