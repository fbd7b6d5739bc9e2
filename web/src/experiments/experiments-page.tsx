import { Button, Group, Modal, SegmentedControl, Text } from '@mantine/core';
import { IconFlask2, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../api/gql';
import type { ExperimentsQuery as ExperimentsQueryData } from '../api/gql/graphql';
import { type Column, DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { AnchorLink } from '../ui/router-link';
import { SearchField } from '../ui/search-field';
import { Surface } from '../ui/surface';
import { Time } from '../ui/time';
import { usePages } from '../ui/use-pages';
import { ExperimentForm } from './experiment-form';

const route = getRouteApi('/experiments');

const ExperimentsQuery = graphql(`
  query Experiments($filter: ExperimentFilter, $after: Cursor) {
    experiments(filter: $filter, first: 100, after: $after) {
      nodes { id name description createdAt }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

type Item = ExperimentsQueryData['experiments']['nodes'][number];

export function ExperimentsPage() {
  const { t } = useTranslation();
  const { q = '', archived = false } = route.useSearch();
  const navigate = route.useNavigate();
  const [adding, setAdding] = useState(false);
  const variables = useMemo(
    () => ({
      filter: { search: q, archived: archived ? ('ONLY' as const) : ('WITHOUT' as const) },
    }),
    [q, archived],
  );
  const { items, error, hasMore, more, retry } = usePages(
    ExperimentsQuery,
    variables,
    (data) => data.experiments,
  );
  const columns = useMemo<Column<Item>[]>(
    () => [
      {
        key: 'name',
        header: t('experiments.name'),
        cell: (experiment) => (
          <>
            <AnchorLink to="/experiments/$experimentId" params={{ experimentId: experiment.id }}>
              {experiment.name}
            </AnchorLink>
            <Text size="xs" c="dimmed" truncate>
              {experiment.description}
            </Text>
          </>
        ),
      },
      {
        key: 'created',
        header: t('experiments.created'),
        width: '9rem',
        cell: (experiment) => <Time at={experiment.createdAt} ago />,
      },
    ],
    [t],
  );
  return (
    <>
      <PageHeader
        title={t('experiments.title')}
        lead={t('experiments.lead')}
        actions={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t('experiments.add')}
          </Button>
        }
      />
      <Group mb="md" justify="space-between">
        <SearchField
          label={t('experiments.search')}
          value={q}
          onChange={(text) =>
            void navigate({ search: (old) => ({ ...old, q: text || undefined }), replace: true })
          }
        />
        <SegmentedControl
          aria-label={t('experiments.which')}
          value={archived ? 'archived' : 'current'}
          onChange={(value) =>
            void navigate({
              search: (old) => ({ ...old, archived: value === 'archived' || undefined }),
              replace: true,
            })
          }
          data={[
            { value: 'current', label: t('experiments.current') },
            { value: 'archived', label: t('experiments.archived') },
          ]}
        />
      </Group>
      {error ? <ErrorState error={error} retry={retry} /> : null}
      <Surface>
        {items ? (
          items.length > 0 ? (
            <DataTable
              label={t('experiments.title')}
              columns={columns}
              rows={items}
              rowKey={(experiment) => experiment.id}
              onEnd={hasMore ? more : undefined}
            />
          ) : q || archived ? (
            <EmptyState title={t('experiments.noneFound')} icon={IconFlask2}>
              {t('experiments.noneFoundWhy')}
            </EmptyState>
          ) : (
            <EmptyState title={t('experiments.none')} icon={IconFlask2}>
              {t('experiments.noneWhy')}
            </EmptyState>
          )
        ) : error ? null : (
          <LoadingState />
        )}
      </Surface>
      <Modal opened={adding} onClose={() => setAdding(false)} title={t('experiments.add')}>
        <ExperimentForm onSaved={() => setAdding(false)} />
      </Modal>
    </>
  );
}
