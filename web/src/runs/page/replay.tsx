import { Button, Modal, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconRepeat } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CombinedError, useClient, useQuery } from 'urql';
import { graphql } from '../../api/gql';
import type { ReplayRunPageQuery } from '../../api/gql/graphql';
import { ErrorState } from '../../ui/error-state';
import { ReplayResult } from './replay-result';

const VersionsQuery = graphql(`
  query ReplayVersions($protocol: ID!) {
    protocol(id: $protocol) {
      id
      versions(first: 100) { nodes { id number note } pageInfo { hasNextPage endCursor } }
    }
  }
`);

const ReplayQuery = graphql(`
  query ReplayRunPage($input: ReplayRunInput!) {
    replayRun(input: $input) {
      same decisions inputs draws events tasks interrupted deviceRows
      difference {
        at elapsedNs node visit role trial row
        before { atNs kind text node }
        expected { atNs kind text node }
        got { atNs kind text node }
      }
    }
  }
`);

interface Props {
  run: string;
  protocol: string;
  /** The version it ran. */
  version: string;
  nameOf: (node: string) => string;
}

/** Gives what a finished run recorded from outside to a version again, and shows what comes out. */
export function Replay({ run, protocol, version, nameOf }: Props) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconRepeat size={16} aria-hidden />} onClick={open}>
        {t('runs.replay.action')}
      </Button>
      <Modal opened={opened} onClose={close} size="xl" title={t('runs.replay.title')}>
        <Form run={run} protocol={protocol} version={version} nameOf={nameOf} />
      </Modal>
    </>
  );
}

type Answer = ReplayRunPageQuery['replayRun'];

function Form({ run, protocol, version, nameOf }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const [{ data }] = useQuery({ query: VersionsQuery, variables: { protocol } });
  const [chosen, setChosen] = useState(version);
  const [asked, setAsked] = useState<
    | { state: 'no' | 'waits' }
    | { state: 'done'; answer: Answer }
    | { state: 'failed'; error: CombinedError }
  >({ state: 'no' });
  const versions = data?.protocol?.versions.nodes ?? [];

  const replay = async () => {
    setAsked({ state: 'waits' });
    const input = { run, ...(chosen === version ? {} : { protocolVersion: chosen }) };
    const { data: found, error } = await client
      .query(ReplayQuery, { input }, { requestPolicy: 'network-only' })
      .toPromise();
    if (found) setAsked({ state: 'done', answer: found.replayRun });
    else if (error) setAsked({ state: 'failed', error });
  };
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('runs.replay.what')}
      </Text>
      <Select
        label={t('runs.replay.version')}
        allowDeselect={false}
        data={versions.map(({ id, number, note }) => ({
          value: id,
          label: [
            t('runs.version', { number }),
            ...(id === version ? [t('runs.replay.own')] : []),
            ...(note ? [note] : []),
          ].join(' · '),
        }))}
        value={chosen}
        onChange={(id) => {
          if (!id) return;
          setChosen(id);
          setAsked({ state: 'no' });
        }}
      />
      <Button
        loading={asked.state === 'waits'}
        onClick={() => void replay()}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('runs.replay.action')}
      </Button>
      <div aria-live="polite">
        {asked.state === 'failed' ? <ErrorState error={asked.error} /> : null}
        {asked.state === 'done' ? <ReplayResult answer={asked.answer} nameOf={nameOf} /> : null}
      </div>
    </Stack>
  );
}
