import { Table } from '@mantine/core';
import { IconPaw } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import type { SubjectsQuery as SubjectsQueryData } from '../api/gql/graphql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { AnchorLink } from '../ui/router-link';
import { Surface } from '../ui/surface';

const SubjectsQuery = graphql(`
  query Subjects {
    subjects(first: 50) { nodes { id name species cohort } }
  }
`);

export function SubjectsPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: SubjectsQuery });
  return (
    <>
      <PageHeader title={t('subjects.title')} lead={t('subjects.lead')} />
      {error ? (
        <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />
      ) : null}
      <Surface>{data ? <List data={data} /> : error ? null : <LoadingState />}</Surface>
    </>
  );
}

function List({ data }: { data: SubjectsQueryData }) {
  const { t } = useTranslation();
  const { nodes } = data.subjects;
  if (nodes.length === 0) {
    return (
      <EmptyState title={t('subjects.none')} icon={IconPaw}>
        {t('subjects.noneWhy')}
      </EmptyState>
    );
  }
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('subjects.name')}</Table.Th>
            <Table.Th>{t('subjects.species')}</Table.Th>
            <Table.Th>{t('subjects.cohort')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {nodes.map((node) => (
            <Table.Tr key={node.id}>
              <Table.Td>
                <AnchorLink to="/subjects/$subjectId" params={{ subjectId: node.id }}>
                  {node.name}
                </AnchorLink>
              </Table.Td>
              <Table.Td>{node.species}</Table.Td>
              <Table.Td>{node.cohort}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
