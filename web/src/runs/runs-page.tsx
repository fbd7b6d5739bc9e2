import { Group, MultiSelect } from '@mantine/core';
import '@mantine/dates/styles.css';
import { DatePickerInput } from '@mantine/dates';
import { IconPlayerPlay } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubscription } from 'urql';
import { graphql } from '../api/gql';
import type { RunFilter, RunStatus, RunsPageQuery } from '../api/gql/graphql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { FoundSelect } from '../ui/found-select';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { ButtonLink } from '../ui/router-link';
import { RunList } from '../ui/run-list';
import { runStatusLook } from '../ui/run-status';
import { SearchField } from '../ui/search-field';
import { Surface } from '../ui/surface';
import { usePages } from '../ui/use-pages';

const RunsQuery = graphql(`
  query RunsPage($filter: RunFilter, $after: Cursor) {
    runs(first: 50, filter: $filter, after: $after) {
      nodes { id ...RunItem }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const ChangedRuns = graphql(`
  subscription RunsPageChanges { runs { id ...RunItem } }
`);

const route = getRouteApi('/runs');
const statuses = Object.keys(runStatusLook) as RunStatus[];
const dayMs = 86_400_000;

interface Search {
  status?: RunStatus[] | undefined;
  protocol?: string | undefined;
  subject?: string | undefined;
  device?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  search?: string | undefined;
}

/** Days are those of the person's zone; the last one is meant whole. */
function filterOf({ status, protocol, subject, device, from, to, search }: Search): RunFilter {
  const midnight = (day: string, days = 0) => {
    const date = new Date(`${day}T00:00:00`);
    // At noon of the day, so that a change of the clocks does not lead astray.
    const noon = new Date(date.getTime() + days * dayMs + dayMs / 2);
    return new Date(noon.getFullYear(), noon.getMonth(), noon.getDate()).toISOString();
  };
  return {
    ...(status?.length ? { status } : {}),
    ...(protocol ? { protocol } : {}),
    ...(subject ? { subject } : {}),
    ...(device ? { device } : {}),
    ...(search ? { search } : {}),
    ...(from ? { since: midnight(from) } : {}),
    ...(to ? { until: midnight(to, 1) } : {}),
  };
}

const connection = (data: RunsPageQuery) => data.runs;

export function RunsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const variables = useMemo(() => ({ filter: filterOf(search) }), [search]);
  const pages = usePages(RunsQuery, variables, connection);
  // What changes is in the cache, and so on the page; new runs make the list be asked for again.
  useSubscription({ query: ChangedRuns });
  const filtered = Object.values(search).some((value) => value !== undefined);
  return (
    <>
      <PageHeader
        title={t('runs.title')}
        lead={t('runs.lead')}
        actions={
          <ButtonLink to="/runs/start" leftSection={<IconPlayerPlay size={16} aria-hidden />}>
            {t('runs.startTitle')}
          </ButtonLink>
        }
      />
      <Filters search={search} />
      {pages.error ? <ErrorState error={pages.error} retry={pages.retry} /> : null}
      {pages.items && pages.items.length > 0 ? (
        <Surface>
          <RunList
            label={t('runs.title')}
            runs={pages.items}
            onEnd={pages.hasMore ? pages.more : undefined}
          />
        </Surface>
      ) : null}
      {pages.items?.length === 0 ? (
        <Surface>
          <EmptyState title={t(filtered ? 'runs.noneFound' : 'runs.none')} icon={IconPlayerPlay}>
            {t(filtered ? 'runs.noneFoundWhy' : 'runs.noneWhy')}
          </EmptyState>
        </Surface>
      ) : null}
      {pages.loading && !pages.items ? <LoadingState /> : null}
    </>
  );
}

function Filters({ search }: { search: Search }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const set = (part: Search) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const clear = { 'aria-label': t('runs.start.clear') };
  return (
    <Group gap="xs" mb="md" align="flex-end">
      <SearchField
        label={t('runs.search')}
        value={search.search ?? ''}
        onChange={(text) => set({ search: text || undefined })}
      />
      <MultiSelect
        aria-label={t('runs.status')}
        placeholder={search.status?.length ? '' : t('runs.status')}
        w={{ base: 'calc(50% - 5px)', xs: 160 }}
        clearable
        clearButtonProps={clear}
        data={statuses.map((value) => ({ value, label: t(`ui.runStatus.${value}`) }))}
        value={search.status ?? []}
        onChange={(chosen) =>
          set({ status: chosen.length > 0 ? (chosen as RunStatus[]) : undefined })
        }
      />
      {(['protocol', 'subject', 'device'] as const).map((name) => (
        <FoundSelect
          key={name}
          kind={name}
          aria-label={t(`runs.${name}`)}
          placeholder={t(`runs.${name}`)}
          w={{ base: 'calc(50% - 5px)', xs: 140 }}
          clearable
          clearButtonProps={clear}
          value={search[name] ?? null}
          onChange={(chosen) => set({ [name]: chosen ?? undefined })}
        />
      ))}
      <DatePickerInput
        type="range"
        aria-label={t('runs.days')}
        placeholder={t('runs.days')}
        w={{ base: '100%', xs: 160 }}
        clearable
        clearButtonProps={clear}
        allowSingleDateInRange
        value={[search.from ?? null, search.to ?? null]}
        onChange={([from, to]) => set({ from: from ?? undefined, to: to ?? undefined })}
      />
    </Group>
  );
}
