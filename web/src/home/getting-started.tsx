import { Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import { RunOnBox } from '../templates/run-on-box';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { ProtocolPicture } from '../ui/protocol-picture';
import { ButtonLink } from '../ui/router-link';
import classes from './home.module.css';

const BeginQuery = graphql(`
  query Begin {
    templates { name title picture { ...PictureParts } ...RunOnBoxTemplate }
  }
`);

const shown = 3;

/** What somebody sees who has just installed LICS. */
export function GettingStarted() {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: BeginQuery });
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>{t('home.begin.title')}</Title>
        <Text size="sm" c="dimmed">
          {t('home.begin.lead')}
        </Text>
      </div>
      {error ? (
        <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />
      ) : null}
      {data ? (
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {data.templates.slice(0, shown).map((template) => (
            <div key={template.name} className={classes.template}>
              <div className={classes.picture}>
                <ProtocolPicture
                  picture={template.picture}
                  label={t('templates.pictureOf', { title: template.title })}
                />
              </div>
              <Text fw={600} size="sm" flex={1}>
                {template.title}
              </Text>
              <RunOnBox template={template} />
            </div>
          ))}
        </SimpleGrid>
      ) : error ? null : (
        <LoadingState rows={1} height={200} />
      )}
      <Text size="sm" c="dimmed">
        {t('home.begin.note')}
      </Text>
      <Group>
        <ButtonLink to="/templates" variant="default">
          {t('home.begin.templates')}
        </ButtonLink>
        <ButtonLink to="/editor" variant="default">
          {t('home.begin.draw')}
        </ButtonLink>
        <ButtonLink to="/subjects" search={{ new: true }} variant="default">
          {t('home.begin.subject')}
        </ButtonLink>
      </Group>
    </Stack>
  );
}
