import { Button, Group, Modal, Pill, SegmentedControl } from '@mantine/core';
import { IconPaw, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../api/gql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { SearchField } from '../ui/search-field';
import { Surface } from '../ui/surface';
import { usePages } from '../ui/use-pages';
import { SubjectForm } from './subject-form';
import { SubjectList } from './subject-list';

const route = getRouteApi('/subjects');

const SubjectsQuery = graphql(`
  query Subjects($filter: SubjectFilter, $after: Cursor) {
    subjects(filter: $filter, first: 100, after: $after) {
      nodes { id ...SubjectItem }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export function SubjectsPage() {
  const { t } = useTranslation();
  const { q = '', cohort, archived = false, new: adding = false } = route.useSearch();
  const navigate = route.useNavigate();
  const variables = useMemo(
    () => ({
      filter: {
        search: q,
        archived: archived ? ('ONLY' as const) : ('WITHOUT' as const),
        ...(cohort ? { cohort } : {}),
      },
    }),
    [q, cohort, archived],
  );
  const { items, error, hasMore, more, retry } = usePages(
    SubjectsQuery,
    variables,
    (data) => data.subjects,
  );
  const setAdding = (open: boolean) =>
    void navigate({ search: (old) => ({ ...old, new: open || undefined }), replace: true });
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      {t('subjects.add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('subjects.title')} lead={t('subjects.lead')} actions={add} />
      <Group mb="md" justify="space-between">
        <Group>
          <SearchField
            label={t('subjects.search')}
            value={q}
            onChange={(text) =>
              void navigate({ search: (old) => ({ ...old, q: text || undefined }), replace: true })
            }
          />
          {cohort ? (
            <Pill
              withRemoveButton
              onRemove={() =>
                void navigate({ search: (old) => ({ ...old, cohort: undefined }), replace: true })
              }
            >
              {t('subjects.cohortOnly')} {cohort}
            </Pill>
          ) : null}
        </Group>
        <SegmentedControl
          aria-label={t('subjects.which')}
          value={archived ? 'archived' : 'current'}
          onChange={(value) =>
            void navigate({
              search: (old) => ({ ...old, archived: value === 'archived' || undefined }),
              replace: true,
            })
          }
          data={[
            { value: 'current', label: t('subjects.current') },
            { value: 'archived', label: t('subjects.archived') },
          ]}
        />
      </Group>
      {error ? <ErrorState error={error} retry={retry} /> : null}
      <Surface>
        {items ? (
          items.length > 0 ? (
            <SubjectList subjects={items} onEnd={hasMore ? more : undefined} />
          ) : q || cohort || archived ? (
            <EmptyState title={t('subjects.noneFound')} icon={IconPaw}>
              {t('subjects.noneFoundWhy')}
            </EmptyState>
          ) : (
            <EmptyState title={t('subjects.none')} icon={IconPaw}>
              {t('subjects.noneWhy')}
            </EmptyState>
          )
        ) : error ? null : (
          <LoadingState />
        )}
      </Surface>
      <Modal opened={adding} onClose={() => setAdding(false)} title={t('subjects.form.addTitle')}>
        <SubjectForm onSaved={() => setAdding(false)} />
      </Modal>
    </>
  );
}
