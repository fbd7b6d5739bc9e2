import { Table } from '@mantine/core';
import { IconSchema } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import type { ProtocolsQuery as ProtocolsQueryData } from '../api/gql/graphql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { AnchorLink } from '../ui/router-link';
import { Surface } from '../ui/surface';
import { Time } from '../ui/time';

const ProtocolsQuery = graphql(`
  query Protocols {
    protocols(first: 50) { nodes { id name description latestNumber updatedAt } }
  }
`);

export function ProtocolsPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: ProtocolsQuery });
  return (
    <>
      <PageHeader title={t('protocols.title')} lead={t('protocols.lead')} />
      {error ? (
        <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />
      ) : null}
      <Surface>{data ? <List data={data} /> : error ? null : <LoadingState />}</Surface>
    </>
  );
}

function List({ data }: { data: ProtocolsQueryData }) {
  const { t } = useTranslation();
  const { nodes } = data.protocols;
  if (nodes.length === 0) {
    return (
      <EmptyState title={t('protocols.none')} icon={IconSchema}>
        {t('protocols.noneWhy')}
      </EmptyState>
    );
  }
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('protocols.name')}</Table.Th>
            <Table.Th>{t('protocols.version')}</Table.Th>
            <Table.Th>{t('protocols.updated')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {nodes.map((node) => (
            <Table.Tr key={node.id}>
              <Table.Td>
                <AnchorLink to="/editor/$protocolId" params={{ protocolId: node.id }}>
                  {node.name}
                </AnchorLink>
              </Table.Td>
              <Table.Td>{node.latestNumber}</Table.Td>
              <Table.Td>
                <Time at={node.updatedAt} ago />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
