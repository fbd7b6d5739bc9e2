import { Box, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, graphql, readFragment } from '../api/gql';
import { AnchorLink } from '../ui/router-link';
import { Time } from '../ui/time';
import classes from './home.module.css';

const WaitingStep = graphql(`
  fragment WaitingStep on HumanStep {
    id title askedAt role
    run { id protocolName subject { id name } }
  }
`);

/** The questions that wait longest. */
export function Waiting({ steps }: { steps: readonly FragmentType<typeof WaitingStep>[] }) {
  const { t } = useTranslation();
  if (steps.length === 0) return <Nothing>{t('home.waiting.none')}</Nothing>;
  return readFragment(WaitingStep, steps).map((step) => (
    <Group key={step.id} className={classes.row ?? ''} justify="space-between" wrap="nowrap">
      <Box miw={0}>
        <AnchorLink to="/inbox" hash={step.id}>
          {step.title}
        </AnchorLink>
        <Text size="xs" c="dimmed" truncate>
          {[step.run.protocolName, step.run.subject?.name].filter(Boolean).join(' · ')}
        </Text>
      </Box>
      <Text size="sm" c="dimmed">
        <Time at={step.askedAt} ago />
      </Text>
    </Group>
  ));
}

export function Nothing({ children }: { children: ReactNode }) {
  return (
    <Text p="md" size="sm" c="dimmed">
      {children}
    </Text>
  );
}
