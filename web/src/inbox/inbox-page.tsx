import { Table } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import type { InboxQuery as InboxQueryData } from '../api/gql/graphql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { AnchorLink } from '../ui/router-link';
import { Surface } from '../ui/surface';
import { Time } from '../ui/time';

const InboxQuery = graphql(`
  query Inbox {
    humanSteps(open: true, first: 50) { nodes { id title askedAt run { id protocolName } } }
  }
`);

export function InboxPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: InboxQuery });
  return (
    <>
      <PageHeader title={t('inbox.title')} lead={t('inbox.lead')} />
      {error ? (
        <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />
      ) : null}
      <Surface>{data ? <List data={data} /> : error ? null : <LoadingState />}</Surface>
    </>
  );
}

function List({ data }: { data: InboxQueryData }) {
  const { t } = useTranslation();
  const { nodes } = data.humanSteps;
  if (nodes.length === 0) {
    return (
      <EmptyState title={t('inbox.none')} icon={IconInbox}>
        {t('inbox.noneWhy')}
      </EmptyState>
    );
  }
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('inbox.question')}</Table.Th>
            <Table.Th>{t('inbox.run')}</Table.Th>
            <Table.Th>{t('inbox.asked')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {nodes.map((node) => (
            <Table.Tr key={node.id}>
              <Table.Td>{node.title}</Table.Td>
              <Table.Td>
                <AnchorLink to="/runs/$runId" params={{ runId: node.run.id }}>
                  {node.run.protocolName}
                </AnchorLink>
              </Table.Td>
              <Table.Td>
                <Time at={node.askedAt} ago />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
