import { Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import type { SubjectWeightsQuery } from '../api/gql/graphql';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { AnchorLink } from '../ui/router-link';
import { Time } from '../ui/time';
import { percentOfBaseline } from './baseline';
import { CorrectWeight } from './correct-weight';
import { RecordWeight } from './record-weight';
import { WeightChart } from './weight-chart';
import classes from './weights.module.css';

const WeightsQuery = graphql(`
  query SubjectWeights($id: ID!) {
    subject(id: $id) {
      id baselineGrams targetFraction
      latestWeight { id grams at }
      weights(first: 400) { nodes { id grams at by note run { id protocolName } } }
    }
  }
`);

type WeightItem = NonNullable<SubjectWeightsQuery['subject']>['weights']['nodes'][number];

const shownAtFirst = 5;

/** The weights of a subject: a form, a chart against the baseline, and each of them. */
export function Weights({ subjectId, name }: { subjectId: string; name: string }) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: WeightsQuery, variables: { id: subjectId } });
  const [wrong, setWrong] = useState<WeightItem | null>(null);
  const [all, setAll] = useState(false);
  const again = () => ask({ requestPolicy: 'network-only' });
  if (error && !data) return <ErrorState error={error} retry={again} />;
  if (!data?.subject) return <LoadingState rows={1} height={260} />;
  const { baselineGrams, targetFraction, weights } = data.subject;
  const { nodes } = weights;
  return (
    <Stack>
      <RecordWeight subjectId={subjectId} onRecorded={again} />
      {nodes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('subjects.weights.none')}
        </Text>
      ) : (
        <>
          <WeightChart
            name={name}
            weights={nodes}
            baselineGrams={baselineGrams}
            targetFraction={targetFraction}
          />
          <Table aria-label={t('subjects.weights.table')} verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('subjects.weights.when')}</Table.Th>
                <Table.Th ta="end">{t('subjects.weight')}</Table.Th>
                <Table.Th visibleFrom="sm">{t('subjects.weights.by')}</Table.Th>
                <Table.Th ta="end">{t('subjects.weights.correct')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {nodes.slice(0, all ? nodes.length : shownAtFirst).map((weight) => (
                <Row
                  key={weight.id}
                  weight={weight}
                  percent={percentOfBaseline(weight.grams, baselineGrams)}
                  onCorrect={() => setWrong(weight)}
                />
              ))}
            </Table.Tbody>
          </Table>
          {!all && nodes.length > shownAtFirst ? (
            <Group justify="center">
              <Button variant="subtle" size="xs" onClick={() => setAll(true)}>
                {t('subjects.weights.all')}
              </Button>
            </Group>
          ) : null}
        </>
      )}
      <Modal
        opened={wrong !== null}
        onClose={() => setWrong(null)}
        title={wrong ? t('subjects.weights.correctTitle', { grams: wrong.grams }) : ''}
      >
        {wrong ? (
          <CorrectWeight
            weight={wrong}
            onCorrected={() => {
              setWrong(null);
              again();
            }}
          />
        ) : null}
      </Modal>
    </Stack>
  );
}

function Row({
  weight,
  percent,
  onCorrect,
}: {
  weight: WeightItem;
  percent: number | null;
  onCorrect: () => void;
}) {
  const { t } = useTranslation();
  const { grams, at, by, note, run } = weight;
  return (
    <Table.Tr>
      <Table.Td>
        <Time at={at} />
        {note ? (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td ta="end" className={classes.nowrap ?? ''}>
        {t('subjects.weightText', { grams })}
        {percent === null ? null : (
          <Text span size="sm" c="dimmed" ml="xs">
            {t('subjects.ofBaseline', { percent: Math.round(percent) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        {by}
        {run ? (
          <>
            {', '}
            <AnchorLink to="/runs/$runId" params={{ runId: run.id }}>
              {t('subjects.weights.withRun')}
            </AnchorLink>
          </>
        ) : null}
      </Table.Td>
      <Table.Td ta="end">
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={onCorrect}
          aria-label={t('subjects.weights.correctNamed', { grams })}
        >
          {t('subjects.weights.correct')}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
