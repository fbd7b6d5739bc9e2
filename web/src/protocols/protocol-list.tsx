import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProtocolsQuery } from '../api/gql/graphql';
import { type Column, DataTable, type Sort } from '../ui/data-table';
import { AnchorLink } from '../ui/router-link';
import { Time } from '../ui/time';
import { ProtocolActions } from './protocol-actions';

export type ProtocolItem = ProtocolsQuery['protocols']['nodes'][number];

interface Props {
  items: readonly ProtocolItem[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  onEnd?: (() => void) | undefined;
}

export function ProtocolList({ items, sort, onSort, onEnd }: Props) {
  const { t } = useTranslation();
  const rows = useMemo(() => sorted(items, sort), [items, sort]);
  const columns = useMemo<Column<ProtocolItem>[]>(
    () => [
      {
        key: 'name',
        header: t('protocols.name'),
        sortable: true,
        cell: (protocol) => (
          <>
            <AnchorLink to="/editor/$protocolId" params={{ protocolId: protocol.id }}>
              {protocol.name}
            </AnchorLink>
            {protocol.description ? (
              <Text size="xs" c="dimmed" truncate>
                {protocol.description}
              </Text>
            ) : null}
          </>
        ),
      },
      {
        key: 'versions',
        header: t('protocols.versions'),
        width: '7rem',
        end: true,
        sortable: true,
        from: 'tablet',
        cell: (protocol) => protocol.latestNumber,
      },
      {
        key: 'updated',
        header: t('protocols.updated'),
        width: '8.5rem',
        sortable: true,
        from: 'tablet',
        cell: (protocol) => <Time at={protocol.updatedAt} ago />,
      },
      {
        key: 'by',
        header: t('protocols.by'),
        width: '10rem',
        from: 'laptop',
        cell: (protocol) => protocol.latest.createdBy,
      },
      {
        key: 'actions',
        header: t('protocols.actions'),
        width: '8rem',
        end: true,
        cell: (protocol) => <ProtocolActions protocol={protocol} />,
      },
    ],
    [t],
  );
  return (
    <DataTable
      label={t('protocols.title')}
      columns={columns}
      rows={rows}
      rowKey={(protocol) => protocol.id}
      sort={sort}
      onSort={onSort}
      onEnd={onEnd}
    />
  );
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function sorted(items: readonly ProtocolItem[], { by, descending }: Sort): ProtocolItem[] {
  const order = (a: ProtocolItem, b: ProtocolItem) => {
    if (by === 'versions') return a.latestNumber - b.latestNumber;
    if (by === 'updated') return Date.parse(a.updatedAt) - Date.parse(b.updatedAt);
    return byName.compare(a.name, b.name);
  };
  return items.toSorted((a, b) => (descending ? order(b, a) : order(a, b)));
}
