import { Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubscription } from 'urql';
import { graphql } from '../api/gql';
import type { HumanStepFilter, InboxChangeSubscription } from '../api/gql/graphql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { SearchField } from '../ui/search-field';
import { Surface } from '../ui/surface';
import { usePages } from '../ui/use-pages';
import { Question } from './question';

const route = getRouteApi('/inbox');

const InboxQuery = graphql(`
  query Inbox($filter: HumanStepFilter, $after: Cursor) {
    humanSteps(open: true, filter: $filter, first: 50, after: $after) {
      nodes { id closedAt ...InboxStep }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const InboxChange = graphql(`
  subscription InboxChange($filter: HumanStepFilter) {
    humanSteps(filter: $filter) { id closedAt ...InboxStep }
  }
`);

export function InboxPage() {
  const { t } = useTranslation();
  const { q = '', all = false } = route.useSearch();
  const navigate = route.useNavigate();
  const variables = useMemo(
    () => ({ filter: { search: q, ...(all ? {} : { mine: true }) } }),
    [q, all],
  );
  return (
    <>
      <PageHeader title={t('inbox.title')} lead={t('inbox.lead')} />
      <Group mb="md" justify="space-between">
        <SearchField
          label={t('inbox.search')}
          value={q}
          onChange={(text) =>
            void navigate({ search: (old) => ({ ...old, q: text || undefined }), replace: true })
          }
        />
        <SegmentedControl
          aria-label={t('inbox.which')}
          value={all ? 'all' : 'mine'}
          onChange={(value) =>
            void navigate({
              search: (old) => ({ ...old, all: value === 'all' || undefined }),
              replace: true,
            })
          }
          data={[
            { value: 'mine', label: t('inbox.mine') },
            { value: 'all', label: t('inbox.all') },
          ]}
        />
      </Group>
      <Questions key={`${q} ${all}`} filter={variables.filter} all={all} />
    </>
  );
}

function Questions({ filter, all }: { filter: HumanStepFilter; all: boolean }) {
  const { t } = useTranslation();
  const variables = useMemo(() => ({ filter }), [filter]);
  const { items, error, hasMore, more, retry } = usePages(
    InboxQuery,
    variables,
    (data) => data.humanSteps,
  );
  // What was heard since: the list is asked again only when a run changes.
  const [{ data: heard = [] }] = useSubscription(
    { query: InboxChange, variables },
    (old: InboxChangeSubscription['humanSteps'][] | undefined, { humanSteps: step }) => [
      ...(old ?? []).filter(({ id }) => id !== step.id),
      step,
    ],
  );
  const closed = new Set(heard.filter(({ closedAt }) => closedAt).map(({ id }) => id));
  const known = new Set(items?.map(({ id }) => id));
  const waiting = items
    ?.concat(heard.filter(({ id }) => !known.has(id)))
    .filter(({ id, closedAt }) => !closedAt && !closed.has(id));

  return (
    <>
      {error ? <ErrorState error={error} retry={retry} /> : null}
      {waiting ? (
        waiting.length > 0 ? (
          <Stack>
            {waiting.map((step) => (
              <Question key={step.id} step={step} />
            ))}
            {hasMore ? (
              <Group justify="center">
                <Button variant="default" onClick={more}>
                  {t('ui.more')}
                </Button>
              </Group>
            ) : null}
          </Stack>
        ) : (
          <Surface>
            <EmptyState title={all ? t('inbox.none') : t('inbox.noneMine')} icon={IconInbox}>
              {all ? t('inbox.noneWhy') : t('inbox.noneMineWhy')}
            </EmptyState>
          </Surface>
        )
      ) : error ? null : (
        <LoadingState rows={2} height={160} />
      )}
    </>
  );
}
