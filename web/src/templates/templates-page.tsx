import { Box, Button, Group, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArchive, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import Markdown from 'react-markdown';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import type { TemplatesQuery as TemplatesQueryData } from '../api/gql/graphql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { ProtocolPicture } from '../ui/protocol-picture';
import { ButtonLink } from '../ui/router-link';
import { Surface } from '../ui/surface';
import { ParameterTable } from './parameter-table';
import { RunOnBox } from './run-on-box';
import classes from './templates.module.css';

const TemplatesQuery = graphql(`
  query Templates {
    templates {
      name title description reference
      picture { ...PictureParts }
      roles { name channels { name direction needsCalibration } }
      parameters { name ...ParameterRow }
      ...RunOnBoxTemplate
    }
  }
`);

type Template = TemplatesQueryData['templates'][number];

export function TemplatesPage() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: TemplatesQuery });
  const [opened, setOpened] = useState<Template | null>(null);
  return (
    <>
      <PageHeader title={t('templates.title')} lead={t('templates.lead')} />
      {error ? (
        <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />
      ) : null}
      {data?.templates.length === 0 ? (
        <EmptyState title={t('templates.none')} icon={IconArchive}>
          {t('templates.noneWhy')}
        </EmptyState>
      ) : null}
      {data ? (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {data.templates.map((template) => (
            <Card key={template.name} template={template} onOpen={() => setOpened(template)} />
          ))}
        </SimpleGrid>
      ) : error ? null : (
        <LoadingState rows={2} height={360} />
      )}
      <Modal
        opened={opened !== null}
        onClose={() => setOpened(null)}
        size="xl"
        title={opened?.title}
      >
        {opened ? <Details template={opened} /> : null}
      </Modal>
    </>
  );
}

function Card({ template, onOpen }: { template: Template; onOpen: () => void }) {
  const { t } = useTranslation();
  const { title } = template;
  return (
    <article aria-label={title}>
      <Surface className={classes.card ?? ''}>
        <div className={classes.picture}>
          <ProtocolPicture picture={template.picture} label={t('templates.pictureOf', { title })} />
        </div>
        <div className={classes.body}>
          <Title order={2} size="h3">
            {title}
          </Title>
          <Text component="div" size="sm" c="dimmed" lineClamp={3} className={classes.text ?? ''}>
            <Markdown allowedElements={['p', 'em', 'strong', 'code']} unwrapDisallowed>
              {template.description}
            </Markdown>
          </Text>
          <Group gap="xs" mt="auto" justify="space-between">
            <Text size="xs" c="dimmed">
              {t('templates.parameters', { count: template.parameters.length })}
            </Text>
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={onOpen}
              aria-label={t('templates.more', { title })}
            >
              {t('templates.details')}
            </Button>
          </Group>
          <Actions template={template} />
        </div>
      </Surface>
    </article>
  );
}

function Actions({ template }: { template: Template }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" grow preventGrowOverflow={false}>
      <RunOnBox template={template} />
      <ButtonLink
        to="/editor"
        search={{ template: template.name }}
        variant="default"
        leftSection={<IconPencil size={16} aria-hidden />}
        aria-label={t('templates.useNamed', { title: template.title })}
      >
        {t('templates.use')}
      </ButtonLink>
    </Group>
  );
}

function Details({ template }: { template: Template }) {
  const { t } = useTranslation();
  const { title } = template;
  return (
    <Stack gap="lg">
      <Text component="div" size="sm" className={classes.text ?? ''}>
        <Markdown>{template.description}</Markdown>
      </Text>
      <div>
        <Title order={3}>{t('templates.reference')}</Title>
        <Text size="sm">{template.reference}</Text>
      </div>
      <div>
        <Title order={3}>{t('templates.needs')}</Title>
        {template.roles.map((role) => (
          <Box key={role.name}>
            <Text size="sm" c="dimmed">
              {t('templates.channels', { role: role.name })}
            </Text>
            <Text size="sm">
              {role.channels
                .map((c) =>
                  c.needsCalibration ? `${c.name} (${t('templates.calibrated')})` : c.name,
                )
                .join(', ')}
            </Text>
          </Box>
        ))}
      </div>
      <div>
        <Title order={3}>{t('templates.parameters', { count: template.parameters.length })}</Title>
        <ParameterTable
          label={t('templates.parametersOf', { title })}
          parameters={template.parameters}
        />
      </div>
      <Actions template={template} />
    </Stack>
  );
}
