import { Group, Stack, Text, Title } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { type FragmentType, graphql, readFragment } from '../api/gql';
import { AnchorLink } from '../ui/router-link';
import { Surface } from '../ui/surface';
import { Time } from '../ui/time';
import { AnswerForm } from './answer-form';

const InboxStep = graphql(`
  fragment InboxStep on HumanStep {
    id title text askedAt remindedAt role also mayAnswer
    run { id protocolName subject { id name } devices { deviceId } }
    ...AnswerableStep
  }
`);

/** A question that waits: which run asks, since when, whom, and the answer. */
export function Question({ step: ref }: { step: FragmentType<typeof InboxStep> }) {
  const { t } = useTranslation();
  const step = readFragment(InboxStep, ref);
  const { run, role, also } = step;
  let whom: string = t('inbox.everybody');
  if (role) whom = t('inbox.role', { role });
  if (role && also) whom = t('inbox.roles', { role, also });
  return (
    <article id={step.id} aria-label={step.title}>
      <Surface p="md">
        <Stack gap="sm">
          <Group justify="space-between" align="flex-start">
            <div>
              <Title order={2}>{step.title}</Title>
              <Text size="sm" c="dimmed">
                <AnchorLink to="/runs/$runId" params={{ runId: run.id }}>
                  {run.protocolName}
                </AnchorLink>
                {[run.subject?.name, ...run.devices.map((d) => d.deviceId), whom]
                  .filter(Boolean)
                  .map((text) => ` · ${text}`)
                  .join('')}
              </Text>
            </div>
            <Text size="sm" c="dimmed">
              <Trans t={t} i18nKey="inbox.asked">
                asked <Time at={step.askedAt} ago />
              </Trans>
              {step.remindedAt ? (
                <>
                  {' · '}
                  <Trans t={t} i18nKey="inbox.reminded">
                    last reminded <Time at={step.remindedAt} ago />
                  </Trans>
                </>
              ) : null}
            </Text>
          </Group>
          {step.text ? <Text size="sm">{step.text}</Text> : null}
          {step.mayAnswer ? (
            <AnswerForm step={step} />
          ) : (
            <Text size="sm" c="dimmed">
              {t('inbox.notYours')}
            </Text>
          )}
        </Stack>
      </Surface>
    </article>
  );
}
