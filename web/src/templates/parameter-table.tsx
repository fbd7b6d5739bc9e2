import { Badge, Code, Table, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type FragmentType, graphql, readFragment } from '../api/gql';
import { limitsText, valueText } from './limits-text';

const ParameterRow = graphql(`
  fragment ParameterRow on ProtocolParameter {
    name type label help unit default minimum maximum options live
  }
`);

interface Props {
  label: string;
  parameters: readonly FragmentType<typeof ParameterRow>[];
}

/** What can be chosen when a protocol is started. */
export function ParameterTable({ label, parameters }: Props) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table aria-label={label} verticalSpacing="xs" fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('templates.parameter')}</Table.Th>
            <Table.Th>{t('templates.type')}</Table.Th>
            <Table.Th>{t('templates.default')}</Table.Th>
            <Table.Th>{t('templates.limits')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {readFragment(ParameterRow, parameters).map((parameter) => {
            const limits = limitsText(parameter);
            return (
              <Table.Tr key={parameter.name}>
                <Table.Td>
                  {parameter.label || parameter.name}{' '}
                  {parameter.live ? (
                    <Tooltip label={t('templates.liveHelp')}>
                      <Badge size="xs" variant="light" tt="none">
                        {t('templates.live')}
                      </Badge>
                    </Tooltip>
                  ) : null}
                  <Text size="xs" c="dimmed">
                    {parameter.help}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Code>{parameter.type}</Code>
                </Table.Td>
                <Table.Td>
                  {parameter.default == null
                    ? t('templates.required')
                    : `${valueText(parameter.default)} ${parameter.unit}`}
                </Table.Td>
                <Table.Td>{t(`templates.${limits.key}`, { ...limits })}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
