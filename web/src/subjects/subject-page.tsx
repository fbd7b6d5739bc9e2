import { Badge, Button, Modal, SimpleGrid, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { graphql } from '../api/gql';
import type { SubjectQuery as SubjectQueryData } from '../api/gql/graphql';
import { NotFound } from '../app/not-found';
import { ErrorState } from '../ui/error-state';
import { Facts } from '../ui/facts';
import { LoadingState } from '../ui/loading-state';
import { notifyDone, notifyFailed } from '../ui/notify';
import { PageHeader } from '../ui/page-header';
import { AnchorLink, ButtonLink } from '../ui/router-link';
import { RunList } from '../ui/run-list';
import { Section } from '../ui/section';
import { usePages } from '../ui/use-pages';
import { AccuracyChart } from './accuracy-chart';
import { SaveSubject, SubjectForm } from './subject-form';
import { Weights } from './weights';

const route = getRouteApi('/subjects/$subjectId');

const SubjectQuery = graphql(`
  query Subject($id: ID!) {
    subject(id: $id) {
      id name species sex bornOn cohort notes archivedAt baselineGrams targetFraction
      experiments { id name }
    }
  }
`);

const SubjectRuns = graphql(`
  query SubjectRuns($id: ID!, $after: Cursor) {
    runs(filter: { subject: $id }, first: 50, after: $after) {
      nodes { id ...RunItem }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

type SubjectData = NonNullable<SubjectQueryData['subject']>;

const weekMs = 7 * 86_400_000;

export function SubjectPage() {
  const { subjectId } = route.useParams();
  const [{ data, error }, ask] = useQuery({ query: SubjectQuery, variables: { id: subjectId } });
  if (error && !data) {
    return <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  if (!data) return <LoadingState />;
  if (!data.subject) return <NotFound />;
  return <SubjectView key={data.subject.id} subject={data.subject} />;
}

function SubjectView({ subject }: { subject: SubjectData }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const { id, name, bornOn, archivedAt, experiments } = subject;
  return (
    <>
      <PageHeader
        title={name}
        lead={subject.notes}
        breadcrumb={<AnchorLink to="/subjects">{t('subjects.title')}</AnchorLink>}
        badge={
          archivedAt ? (
            <Badge variant="light" color="gray" tt="none">
              {t('subjects.archivedSince')}
            </Badge>
          ) : null
        }
        actions={
          <>
            <ArchiveButton subject={subject} />
            <Button variant="default" onClick={() => setEditing(true)}>
              {t('subjects.edit')}
            </Button>
            {archivedAt ? null : (
              <ButtonLink to="/runs/start" search={{ subject: id }}>
                {t('subjects.start')}
              </ButtonLink>
            )}
          </>
        }
      />
      <Stack gap="xl">
        <Facts
          of={[
            { name: t('subjects.species'), value: subject.species || '–' },
            { name: t('subjects.sex'), value: subject.sex || '–' },
            { name: t('subjects.bornOn'), value: bornOn ? <Born on={bornOn} /> : '–' },
            { name: t('subjects.cohort'), value: subject.cohort || '–' },
            {
              name: t('subjects.experiments'),
              value:
                experiments.length > 0
                  ? experiments.map((experiment, index) => (
                      <span key={experiment.id}>
                        {index > 0 ? ', ' : ''}
                        <AnchorLink
                          to="/experiments/$experimentId"
                          params={{ experimentId: experiment.id }}
                        >
                          {experiment.name}
                        </AnchorLink>
                      </span>
                    ))
                  : '–',
            },
          ]}
        />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <Section title={t('subjects.weights.title')}>
            <Weights subjectId={id} name={name} />
          </Section>
          <Section title={t('subjects.accuracy.title')}>
            <AccuracyChart subjectId={id} name={name} />
          </Section>
        </SimpleGrid>
        <Runs subjectId={id} />
      </Stack>
      <Modal
        opened={editing}
        onClose={() => setEditing(false)}
        title={t('subjects.form.editTitle', { name })}
      >
        <SubjectForm
          subject={{
            ...subject,
            bornOn: bornOn ?? '',
            baselineGrams: subject.baselineGrams ?? '',
            targetPercent: subject.targetFraction ? 100 * subject.targetFraction : '',
          }}
          onSaved={() => setEditing(false)}
        />
      </Modal>
    </>
  );
}

function Born({ on }: { on: string }) {
  const { t } = useTranslation();
  const weeks = Math.floor((Date.now() - Date.parse(on)) / weekMs);
  return (
    <>
      <time dateTime={on}>{on}</time> ({t('subjects.age', { weeks })})
    </>
  );
}

function ArchiveButton({ subject: { id, name, archivedAt } }: { subject: SubjectData }) {
  const { t } = useTranslation();
  const [{ fetching }, save] = useMutation(SaveSubject);
  const set = async (archived: boolean) => {
    const { error } = await save({ input: { id, archived } });
    if (error) notifyFailed(t('subjects.failed'), error);
    else notifyDone(t(archived ? 'subjects.archivedDone' : 'subjects.restoredDone', { name }));
  };
  return (
    <Button variant="default" loading={fetching} onClick={() => void set(!archivedAt)}>
      {archivedAt ? t('subjects.restore') : t('subjects.archive')}
    </Button>
  );
}

function Runs({ subjectId }: { subjectId: string }) {
  const { t } = useTranslation();
  const variables = useMemo(() => ({ id: subjectId }), [subjectId]);
  const { items, error, hasMore, more, retry } = usePages(SubjectRuns, variables, (d) => d.runs);
  return (
    <Section title={t('subjects.runs')} flush>
      {error ? <ErrorState error={error} retry={retry} /> : null}
      {items ? (
        items.length > 0 ? (
          <RunList
            label={t('subjects.runs')}
            runs={items}
            without="subject"
            onEnd={hasMore ? more : undefined}
          />
        ) : (
          <Text p="md" size="sm" c="dimmed">
            {t('subjects.noRuns')}
          </Text>
        )
      ) : error ? null : (
        <LoadingState rows={3} />
      )}
    </Section>
  );
}
