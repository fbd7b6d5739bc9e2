import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { graphql } from '../../api/gql';
import { notifyFailed } from '../../ui/notify';
import { Time } from '../../ui/time';
import type { RunFeed } from '../live/run-feed';
import { useLook } from '../live/use-look';
import { NotesQuery } from './run-query';

const AddNote = graphql(`
  mutation AddRunNote($run: ID!, $text: String!) {
    addNote(input: { run: $run, text: $text }) { note { id at by text } }
  }
`);

/** What people wrote into the record, and a place to write more. */
export function Notes({ id, feed }: { id: string; feed: RunFeed }) {
  const { t } = useTranslation();
  const [{ data }, ask] = useQuery({ query: NotesQuery, variables: { id } });
  const [{ fetching }, add] = useMutation(AddNote);
  const [text, setText] = useState('');
  useLook(feed);
  const told = feed.notes;
  useEffect(() => {
    if (told > 0) ask({ requestPolicy: 'network-only' });
  }, [told, ask]);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const result = await add({ run: id, text: text.trim() });
    if (result.error) {
      notifyFailed(t('runs.note.failed'), result.error);
      return;
    }
    setText('');
    ask({ requestPolicy: 'network-only' });
  };
  return (
    <Stack gap="sm" p="md">
      <form onSubmit={(event) => void send(event)}>
        <Group align="flex-end" gap="xs">
          <Textarea
            label={t('runs.note.write')}
            autosize
            minRows={1}
            flex={1}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={fetching} disabled={!text.trim()}>
            {t('runs.note.add')}
          </Button>
        </Group>
      </form>
      {data?.run?.notes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('runs.note.none')}
        </Text>
      ) : null}
      {data?.run?.notes.map((note) => (
        <div key={note.id}>
          <Text size="xs" c="dimmed">
            <Time at={note.at} bare /> · {note.by}
          </Text>
          <Text size="sm">{note.text}</Text>
        </div>
      ))}
    </Stack>
  );
}
