import { Table } from '@mantine/core';
import { IconFlask2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import type { ExperimentsQuery as ExperimentsQueryData } from '../api/gql/graphql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { AnchorLink } from '../ui/router-link';
import { Surface } from '../ui/surface';

const ExperimentsQuery = graphql(`
  query Experiments {
    experiments(first: 50) { nodes { id name description } }
  }
`);

export function ExperimentsPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: ExperimentsQuery });
  return (
    <>
      <PageHeader title={t('experiments.title')} lead={t('experiments.lead')} />
      {error ? (
        <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />
      ) : null}
      <Surface>{data ? <List data={data} /> : error ? null : <LoadingState />}</Surface>
    </>
  );
}

function List({ data }: { data: ExperimentsQueryData }) {
  const { t } = useTranslation();
  const { nodes } = data.experiments;
  if (nodes.length === 0) {
    return (
      <EmptyState title={t('experiments.none')} icon={IconFlask2}>
        {t('experiments.noneWhy')}
      </EmptyState>
    );
  }
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('experiments.name')}</Table.Th>
            <Table.Th>{t('experiments.description')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {nodes.map((node) => (
            <Table.Tr key={node.id}>
              <Table.Td>
                <AnchorLink to="/experiments/$experimentId" params={{ experimentId: node.id }}>
                  {node.name}
                </AnchorLink>
              </Table.Td>
              <Table.Td>{node.description}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
