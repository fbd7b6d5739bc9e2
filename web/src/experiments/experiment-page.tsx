import { Badge, Button, Modal, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnyVariables, type OperationResult, useMutation, useQuery } from 'urql';
import { graphql } from '../api/gql';
import type { ExperimentQuery as ExperimentQueryData } from '../api/gql/graphql';
import { NotFound } from '../app/not-found';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { notifyFailed } from '../ui/notify';
import { PageHeader } from '../ui/page-header';
import { AnchorLink, ButtonLink } from '../ui/router-link';
import { RunList } from '../ui/run-list';
import { Section } from '../ui/section';
import { usePages } from '../ui/use-pages';
import { ExperimentForm, SaveExperiment } from './experiment-form';
import { Members } from './members';

const route = getRouteApi('/experiments/$experimentId');

const ExperimentQuery = graphql(`
  query Experiment($id: ID!) {
    experiment(id: $id) {
      id name description archivedAt
      subjects(first: 200) { nodes { id name cohort } }
      protocols(first: 200) { nodes { id name latestNumber } }
    }
  }
`);

const ExperimentRuns = graphql(`
  query ExperimentRuns($id: ID!, $after: Cursor) {
    runs(filter: { experiment: $id }, first: 50, after: $after) {
      nodes { id ...RunItem }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const CandidatesQuery = graphql(`
  query ExperimentCandidates($subject: String!, $protocol: String!) {
    subjects(filter: { search: $subject }, first: 50) { nodes { id name } }
    protocols(filter: { search: $protocol }, first: 50) { nodes { id name } }
  }
`);

const AddToExperiment = graphql(`
  mutation AddToExperiment($input: AddToExperimentInput!) {
    addToExperiment(input: $input) {
      experiment {
        id
        subjects(first: 200) { nodes { id name cohort } }
        protocols(first: 200) { nodes { id name latestNumber } }
      }
    }
  }
`);

const RemoveFromExperiment = graphql(`
  mutation RemoveFromExperiment($input: RemoveFromExperimentInput!) {
    removeFromExperiment(input: $input) {
      experiment {
        id
        subjects(first: 200) { nodes { id name cohort } }
        protocols(first: 200) { nodes { id name latestNumber } }
      }
    }
  }
`);

type ExperimentData = NonNullable<ExperimentQueryData['experiment']>;

export function ExperimentPage() {
  const { experimentId } = route.useParams();
  const [{ data, error }, ask] = useQuery({
    query: ExperimentQuery,
    variables: { id: experimentId },
  });
  if (error && !data) {
    return <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  if (!data) return <LoadingState />;
  if (!data.experiment) return <NotFound />;
  return <ExperimentView key={data.experiment.id} experiment={data.experiment} />;
}

function ExperimentView({ experiment }: { experiment: ExperimentData }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const [{ fetching }, save] = useMutation(SaveExperiment);
  const { id, name, description, archivedAt } = experiment;
  const setArchived = async (archived: boolean) => {
    const { error } = await save({ input: { id, archived } });
    if (error) notifyFailed(t('experiments.failed'), error);
  };
  return (
    <>
      <PageHeader
        title={name}
        lead={description}
        breadcrumb={<AnchorLink to="/experiments">{t('experiments.title')}</AnchorLink>}
        badge={
          archivedAt ? (
            <Badge variant="light" color="gray" tt="none">
              {t('experiments.archivedSince')}
            </Badge>
          ) : null
        }
        actions={
          <>
            <Button
              variant="default"
              loading={fetching}
              onClick={() => void setArchived(!archivedAt)}
            >
              {archivedAt ? t('experiments.restore') : t('experiments.archive')}
            </Button>
            <Button variant="default" onClick={() => setEditing(true)}>
              {t('experiments.edit')}
            </Button>
            <ButtonLink to="/runs/start" search={{ experiment: id }}>
              {t('experiments.start')}
            </ButtonLink>
          </>
        }
      />
      <Stack gap="xl">
        <Belongings experiment={experiment} />
        <Runs experimentId={id} />
      </Stack>
      <Modal
        opened={editing}
        onClose={() => setEditing(false)}
        title={t('experiments.editTitle', { name })}
      >
        <ExperimentForm experiment={experiment} onSaved={() => setEditing(false)} />
      </Modal>
    </>
  );
}

function Belongings({ experiment }: { experiment: ExperimentData }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState({ subject: '', protocol: '' });
  const [settled] = useDebouncedValue(search, 250);
  const [{ data }] = useQuery({ query: CandidatesQuery, variables: settled });
  const [, add] = useMutation(AddToExperiment);
  const [, remove] = useMutation(RemoveFromExperiment);
  const { id } = experiment;
  const told = async <D, V extends AnyVariables>(answer: Promise<OperationResult<D, V>>) => {
    const { error } = await answer;
    if (error) notifyFailed(t('experiments.failed'), error);
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
      <Section title={t('experiments.protocols')}>
        <Members
          members={experiment.protocols.nodes}
          candidates={data?.protocols.nodes ?? []}
          onSearch={(protocol) => setSearch((old) => ({ ...old, protocol }))}
          onAdd={(member) => void told(add({ input: { experiment: id, protocols: [member] } }))}
          onRemove={(member) =>
            void told(remove({ input: { experiment: id, protocols: [member] } }))
          }
          addLabel={t('experiments.addProtocol')}
          none={t('experiments.noProtocols')}
        >
          {(protocol) => (
            <AnchorLink to="/editor/$protocolId" params={{ protocolId: protocol.id }}>
              {protocol.name}
            </AnchorLink>
          )}
        </Members>
      </Section>
      <Section title={t('experiments.subjects')}>
        <Members
          members={experiment.subjects.nodes}
          candidates={data?.subjects.nodes ?? []}
          onSearch={(subject) => setSearch((old) => ({ ...old, subject }))}
          onAdd={(member) => void told(add({ input: { experiment: id, subjects: [member] } }))}
          onRemove={(member) =>
            void told(remove({ input: { experiment: id, subjects: [member] } }))
          }
          addLabel={t('experiments.addSubject')}
          none={t('experiments.noSubjects')}
        >
          {(subject) => (
            <AnchorLink to="/subjects/$subjectId" params={{ subjectId: subject.id }}>
              {subject.name}
            </AnchorLink>
          )}
        </Members>
      </Section>
    </SimpleGrid>
  );
}

function Runs({ experimentId }: { experimentId: string }) {
  const { t } = useTranslation();
  const variables = useMemo(() => ({ id: experimentId }), [experimentId]);
  const { items, error, hasMore, more, retry } = usePages(
    ExperimentRuns,
    variables,
    (data) => data.runs,
  );
  return (
    <Section title={t('experiments.runs')} flush>
      {error ? <ErrorState error={error} retry={retry} /> : null}
      {items ? (
        items.length > 0 ? (
          <RunList label={t('experiments.runs')} runs={items} onEnd={hasMore ? more : undefined} />
        ) : (
          <Text p="md" size="sm" c="dimmed">
            {t('experiments.noRuns')}
          </Text>
        )
      ) : error ? null : (
        <LoadingState rows={3} />
      )}
    </Section>
  );
}
