import { Group, SegmentedControl } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubscription } from 'urql';
import { graphql } from '../api/gql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { SearchField } from '../ui/search-field';
import { Surface } from '../ui/surface';
import { usePages } from '../ui/use-pages';
import { DeviceList } from './device-list';

const route = getRouteApi('/devices');

const DevicesQuery = graphql(`
  query Devices($filter: DeviceFilter, $after: Cursor) {
    devices(filter: $filter, first: 100, after: $after) {
      nodes { id ...DeviceItem }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const DevicesChange = graphql(`
  subscription DevicesChange {
    deviceStatus { id ...DeviceItem }
  }
`);

export function DevicesPage() {
  const { t } = useTranslation();
  const { q = '', online } = route.useSearch();
  const navigate = route.useNavigate();
  const variables = useMemo(
    () => ({ filter: { search: q, ...(online === undefined ? {} : { online }) } }),
    [q, online],
  );
  const { items, error, hasMore, more, retry } = usePages(
    DevicesQuery,
    variables,
    (data) => data.devices,
  );
  const [{ data: changed }] = useSubscription({ query: DevicesChange, pause: !items });
  // A device that says hello for the first time is in no list yet.
  const isNew =
    changed && items && !q && online === undefined && !hasMore
      ? items.every(({ id }) => id !== changed.deviceStatus.id)
      : false;
  useEffect(() => {
    if (isNew) retry();
  }, [isNew, retry]);

  const which = online === undefined ? 'all' : online ? 'online' : 'offline';
  return (
    <>
      <PageHeader title={t('devices.title')} lead={t('devices.lead')} />
      <Group mb="md" justify="space-between">
        <SearchField
          label={t('devices.search')}
          value={q}
          onChange={(text) =>
            void navigate({ search: (old) => ({ ...old, q: text || undefined }), replace: true })
          }
        />
        <SegmentedControl
          aria-label={t('devices.which')}
          value={which}
          onChange={(value) =>
            void navigate({
              search: (old) => ({
                ...old,
                online: value === 'all' ? undefined : value === 'online',
              }),
              replace: true,
            })
          }
          data={[
            { value: 'all', label: t('devices.all') },
            { value: 'online', label: t('devices.online') },
            { value: 'offline', label: t('devices.offline') },
          ]}
        />
      </Group>
      {error ? <ErrorState error={error} retry={retry} /> : null}
      <Surface>
        {items ? (
          items.length > 0 ? (
            <DeviceList devices={items} onEnd={hasMore ? more : undefined} />
          ) : q || online !== undefined ? (
            <EmptyState title={t('devices.noneFound')} icon={IconCpu}>
              {t('devices.noneFoundWhy')}
            </EmptyState>
          ) : (
            <EmptyState title={t('devices.none')} icon={IconCpu}>
              {t('devices.noneWhy')}
            </EmptyState>
          )
        ) : error ? null : (
          <LoadingState />
        )}
      </Surface>
    </>
  );
}
