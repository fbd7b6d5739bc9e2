import { Badge, Table } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import type { DevicesQuery as DevicesQueryData } from '../api/gql/graphql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { AnchorLink } from '../ui/router-link';
import { Surface } from '../ui/surface';
import { Time } from '../ui/time';

const DevicesQuery = graphql(`
  query Devices {
    devices(first: 200) { nodes { id name online simulated lastSeen rig { name } } }
  }
`);

export function DevicesPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: DevicesQuery });
  return (
    <>
      <PageHeader title={t('devices.title')} lead={t('devices.lead')} />
      {error ? (
        <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />
      ) : null}
      <Surface>{data ? <List data={data} /> : error ? null : <LoadingState />}</Surface>
    </>
  );
}

function List({ data }: { data: DevicesQueryData }) {
  const { t } = useTranslation();
  const { nodes } = data.devices;
  if (nodes.length === 0) {
    return (
      <EmptyState title={t('devices.none')} icon={IconCpu}>
        {t('devices.noneWhy')}
      </EmptyState>
    );
  }
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('devices.device')}</Table.Th>
            <Table.Th>{t('devices.state')}</Table.Th>
            <Table.Th>{t('devices.rig')}</Table.Th>
            <Table.Th>{t('devices.lastSeen')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {nodes.map((node) => (
            <Table.Tr key={node.id}>
              <Table.Td>
                <AnchorLink to="/devices/$deviceId" params={{ deviceId: node.id }}>
                  {node.name}
                </AnchorLink>
              </Table.Td>
              <Table.Td>
                <Badge variant="light" tt="none" color={node.online ? 'green' : 'gray'}>
                  {t(node.online ? 'devices.online' : 'devices.offline')}
                </Badge>
              </Table.Td>
              <Table.Td>{node.rig?.name}</Table.Td>
              <Table.Td>{node.lastSeen ? <Time at={node.lastSeen} ago /> : null}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
