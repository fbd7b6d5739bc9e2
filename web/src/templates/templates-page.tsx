import { Card, SimpleGrid, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';

const TemplatesQuery = graphql(`
  query Templates {
    templates { name title description reference }
  }
`);

export function TemplatesPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: TemplatesQuery });
  return (
    <>
      <PageHeader title={t('templates.title')} lead={t('templates.lead')} />
      {error ? (
        <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />
      ) : null}
      {data ? (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {data.templates.map((template) => (
            <Card key={template.name} withBorder radius="lg">
              <Title order={2}>{template.title}</Title>
              <Text size="sm" c="dimmed" lineClamp={4}>
                {template.reference}
              </Text>
            </Card>
          ))}
        </SimpleGrid>
      ) : error ? null : (
        <LoadingState />
      )}
    </>
  );
}
