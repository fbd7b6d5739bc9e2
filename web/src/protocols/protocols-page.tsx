import { Group, SegmentedControl } from '@mantine/core';
import { IconPlus, IconSchema } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../api/gql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { ButtonLink } from '../ui/router-link';
import { SearchField } from '../ui/search-field';
import { Surface } from '../ui/surface';
import { usePages } from '../ui/use-pages';
import { ProtocolList } from './protocol-list';

const route = getRouteApi('/protocols');

const ProtocolsQuery = graphql(`
  query Protocols($filter: ProtocolFilter, $after: Cursor) {
    protocols(filter: $filter, first: 100, after: $after) {
      nodes {
        id name description latestNumber updatedAt archivedAt
        latest { id createdBy }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export function ProtocolsPage() {
  const { t } = useTranslation();
  const { q = '', archived = false, sort: by = 'name', descending = false } = route.useSearch();
  const navigate = route.useNavigate();
  const variables = useMemo(
    () => ({
      filter: { search: q, archived: archived ? ('ONLY' as const) : ('WITHOUT' as const) },
    }),
    [q, archived],
  );
  const { items, error, loading, hasMore, more, retry } = usePages(
    ProtocolsQuery,
    variables,
    (data) => data.protocols,
  );
  const sort = useMemo(() => ({ by, descending }), [by, descending]);
  // The server knows the order of the names. For another one all must be here.
  const needAll = by !== 'name' || descending;
  useEffect(() => {
    if (needAll && hasMore && !loading) more();
  }, [needAll, hasMore, loading, more]);

  return (
    <>
      <PageHeader
        title={t('protocols.title')}
        lead={t('protocols.lead')}
        actions={
          <>
            <ButtonLink to="/templates" variant="default">
              {t('protocols.fromTemplate')}
            </ButtonLink>
            <ButtonLink to="/editor" leftSection={<IconPlus size={16} aria-hidden />}>
              {t('protocols.draw')}
            </ButtonLink>
          </>
        }
      />
      <Group mb="md" justify="space-between">
        <SearchField
          label={t('protocols.search')}
          value={q}
          onChange={(text) =>
            void navigate({ search: (old) => ({ ...old, q: text || undefined }), replace: true })
          }
        />
        <SegmentedControl
          aria-label={t('protocols.which')}
          value={archived ? 'archived' : 'current'}
          onChange={(value) =>
            void navigate({
              search: (old) => ({ ...old, archived: value === 'archived' || undefined }),
              replace: true,
            })
          }
          data={[
            { value: 'current', label: t('protocols.current') },
            { value: 'archived', label: t('protocols.archived') },
          ]}
        />
      </Group>
      {error ? <ErrorState error={error} retry={retry} /> : null}
      <Surface>
        {items ? (
          items.length > 0 ? (
            <ProtocolList
              items={items}
              sort={sort}
              onSort={(next) =>
                void navigate({
                  search: (old) => ({
                    ...old,
                    sort: next.by === 'versions' || next.by === 'updated' ? next.by : undefined,
                    descending: next.descending || undefined,
                  }),
                  replace: true,
                })
              }
              onEnd={hasMore ? more : undefined}
            />
          ) : q || archived ? (
            <EmptyState title={t('protocols.noneFound')} icon={IconSchema}>
              {t('protocols.noneFoundWhy')}
            </EmptyState>
          ) : (
            <EmptyState
              title={t('protocols.none')}
              icon={IconSchema}
              action={
                <ButtonLink to="/templates" mt="sm">
                  {t('protocols.fromTemplate')}
                </ButtonLink>
              }
            >
              {t('protocols.noneWhy')}
            </EmptyState>
          )
        ) : error ? null : (
          <LoadingState />
        )}
      </Surface>
    </>
  );
}
