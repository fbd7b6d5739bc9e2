import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../ui/use-now';
import type { RasterModel } from './model';
import { clockText } from './window';

const shown = 25;

/** The picture for those who read: the latest things that happened, latest first. */
export function HappeningTable({ model }: { model: RasterModel }) {
  const { t } = useTranslation();
  useNow();
  const latest = model.happenings.slice(-shown).reverse();
  if (latest.length === 0) {
    return (
      <Text size="sm" c="dimmed" p="sm">
        {t('plot.nothing')}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={360}>
      <Table verticalSpacing={4} aria-label={t('plot.recent')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('plot.time')}</Table.Th>
            <Table.Th>{t('plot.kind')}</Table.Th>
            <Table.Th>{t('plot.name')}</Table.Th>
            <Table.Th>{t('plot.value')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {latest.map(({ at, kind, name, value }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no identity, and no state
            <Table.Tr key={i}>
              <Table.Td>{clockText(at, 1)}</Table.Td>
              <Table.Td>{kind}</Table.Td>
              <Table.Td>{name}</Table.Td>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
