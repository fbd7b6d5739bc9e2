import { Table } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import type { RunStatus } from '../api/gql/graphql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { AnchorLink } from '../ui/router-link';
import { StatusBadge } from '../ui/status-badge';
import { Surface } from '../ui/surface';
import { Time } from '../ui/time';

const RunsQuery = graphql(`
  query Runs($after: Cursor) {
    runs(first: 50, after: $after) {
      nodes { id protocolName status createdAt subject { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export function RunsPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: RunsQuery, variables: {} });
  return (
    <>
      <PageHeader title={t('runs.title')} lead={t('runs.lead')} />
      {error ? (
        <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />
      ) : null}
      <Surface>{data ? <List runs={data.runs.nodes} /> : error ? null : <LoadingState />}</Surface>
    </>
  );
}

interface Row {
  id: string;
  protocolName: string;
  status: RunStatus;
  createdAt: string;
  subject?: { id: string; name: string } | null;
}

function List({ runs }: { runs: readonly Row[] }) {
  const { t } = useTranslation();
  if (runs.length === 0) {
    return (
      <EmptyState title={t('runs.none')} icon={IconPlayerPlay}>
        {t('runs.noneWhy')}
      </EmptyState>
    );
  }
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('runs.run')}</Table.Th>
            <Table.Th>{t('runs.status')}</Table.Th>
            <Table.Th>{t('runs.subject')}</Table.Th>
            <Table.Th>{t('runs.asked')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <Table.Tr key={run.id}>
              <Table.Td>
                <AnchorLink to="/runs/$runId" params={{ runId: run.id }}>
                  {run.protocolName}
                </AnchorLink>
              </Table.Td>
              <Table.Td>
                <StatusBadge status={run.status} />
              </Table.Td>
              <Table.Td>{run.subject?.name}</Table.Td>
              <Table.Td>
                <Time at={run.createdAt} ago />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
