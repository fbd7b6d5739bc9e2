import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';

interface Thing {
  id: string;
  name: string;
}

/** What there is to choose among, and the queries that find them by name and by id. */
const searches = {
  protocol: graphql(`
    query FoundProtocols($search: String) {
      found: protocols(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }
    }
  `),
  subject: graphql(`
    query FoundSubjects($search: String) {
      found: subjects(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }
    }
  `),
  experiment: graphql(`
    query FoundExperiments($search: String) {
      found: experiments(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }
    }
  `),
  device: graphql(`
    query FoundDevices($search: String) {
      found: devices(filter: { search: $search }, first: 50) { nodes { id name } pageInfo { hasNextPage endCursor } }
    }
  `),
} as const;

const names = {
  protocol: graphql(`query NameOfProtocol($id: ID!) { thing: protocol(id: $id) { id name } }`),
  subject: graphql(`query NameOfSubject($id: ID!) { thing: subject(id: $id) { id name } }`),
  experiment: graphql(
    `query NameOfExperiment($id: ID!) { thing: experiment(id: $id) { id name } }`,
  ),
  device: graphql(`query NameOfDevice($id: ID!) { thing: device(id: $id) { id name } }`),
} as const;

interface Props
  extends Omit<SelectProps, 'data' | 'filter' | 'searchable' | 'searchValue' | 'onSearchChange'> {
  kind: keyof typeof searches;
  value: string | null;
}

/**
 * A choice among things of which a lab has any number: the server finds those
 * whose name has what is typed, and knows the one that is chosen.
 */
export function FoundSelect({ kind, value, ...select }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 200);
  const [{ data: named }] = useQuery<{ thing: Thing | null }, { id: string }>({
    query: names[kind],
    variables: { id: value ?? '' },
    pause: value === null,
  });
  const chosen = value === null ? null : named?.thing;
  // The field shows the name of what is chosen, which is no search for it.
  const typed = chosen && search === labelOf(chosen) ? '' : search;
  const [{ data, fetching }] = useQuery<{ found: { nodes: Thing[] } }, { search: string | null }>({
    query: searches[kind],
    variables: { search: typed || null },
  });
  const found = data?.found.nodes ?? [];
  const offered = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  return (
    <Select
      {...select}
      searchable
      value={value}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={fetching ? t('ui.loading') : t('ui.empty')}
      data={offered.map((thing) => ({ value: thing.id, label: labelOf(thing) }))}
    />
  );
}

function labelOf({ id, name }: Thing): string {
  return name || id;
}
