import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, graphql, readFragment } from '../api/gql';
import type { SubjectItemFragment } from '../api/gql/graphql';
import { type Column, DataTable } from '../ui/data-table';
import { AnchorLink } from '../ui/router-link';
import { percentOfBaseline, usualTarget } from './baseline';

const SubjectItem = graphql(`
  fragment SubjectItem on Subject {
    id name species sex cohort baselineGrams targetFraction
    latestWeight { id grams at }
  }
`);

interface Props {
  subjects: readonly FragmentType<typeof SubjectItem>[];
  onEnd?: (() => void) | undefined;
}

export function SubjectList({ subjects, onEnd }: Props) {
  const { t } = useTranslation();
  const columns = useMemo<Column<SubjectItemFragment>[]>(
    () => [
      {
        key: 'name',
        header: t('subjects.name'),
        cell: (subject) => (
          <AnchorLink to="/subjects/$subjectId" params={{ subjectId: subject.id }}>
            {subject.name}
          </AnchorLink>
        ),
      },
      {
        key: 'species',
        header: t('subjects.species'),
        from: 'tablet',
        cell: (subject) => subject.species,
      },
      { key: 'sex', header: t('subjects.sex'), from: 'tablet', cell: (subject) => subject.sex },
      {
        key: 'cohort',
        header: t('subjects.cohort'),
        cell: ({ cohort }) =>
          cohort ? (
            <AnchorLink to="/subjects" search={(old) => ({ ...old, cohort })}>
              {cohort}
            </AnchorLink>
          ) : null,
      },
      {
        key: 'weight',
        header: t('subjects.weight'),
        end: true,
        cell: (subject) => <WeightCell subject={subject} />,
      },
    ],
    [t],
  );
  return (
    <DataTable
      label={t('subjects.title')}
      columns={columns}
      rows={readFragment(SubjectItem, subjects)}
      rowKey={(subject) => subject.id}
      onEnd={onEnd}
    />
  );
}

function WeightCell({ subject }: { subject: SubjectItemFragment }) {
  const { t } = useTranslation();
  const grams = subject.latestWeight?.grams;
  if (grams === undefined) return null;
  const percent = percentOfBaseline(grams, subject.baselineGrams);
  const low = percent !== null && percent < 100 * (subject.targetFraction ?? usualTarget);
  return (
    <>
      {t('subjects.weightText', { grams })}
      {percent === null ? null : (
        <Text span size="sm" ml="xs" c={low ? 'var(--mantine-color-error)' : 'dimmed'}>
          {t('subjects.ofBaseline', { percent: Math.round(percent) })}
        </Text>
      )}
    </>
  );
}
