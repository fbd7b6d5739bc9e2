import { Button, ScrollArea, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../../api/gql';
import { ErrorState } from '../../ui/error-state';
import { LoadingState } from '../../ui/loading-state';
import { Time } from '../../ui/time';
import { useEditorState } from '../context';
import classes from './history.module.css';
import { VersionDialog } from './version-dialog';

const VersionsQuery = graphql(`
  query EditorVersions($id: ID!) {
    protocol(id: $id) {
      id
      latestNumber
      versions(first: 200) { nodes { id number note createdAt createdBy } }
    }
  }
`);

/** Every version that was saved, latest first. */
export function HistoryPanel() {
  const { t } = useTranslation();
  const { id, number } = useEditorState((state) => state.source);
  if (id === null) {
    return (
      <Text size="sm" c="dimmed" p="sm">
        {t('editor.history.none')}
      </Text>
    );
  }
  return <Versions id={id} number={number} />;
}

function Versions({ id, number }: { id: string; number: number }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  const [{ data, error }, ask] = useQuery({
    query: VersionsQuery,
    variables: { id },
    requestPolicy: 'network-only',
  });
  // A save made another one.
  const asked = useRef(number);
  useEffect(() => {
    if (asked.current !== number) ask({ requestPolicy: 'network-only' });
    asked.current = number;
  }, [number, ask]);
  if (error) return <ErrorState error={error} retry={ask} />;
  const versions = data?.protocol?.versions.nodes;
  if (!versions) return <LoadingState />;
  const latest = versions[0];
  return (
    <ScrollArea h="100%" type="auto">
      <ol className={classes.versions}>
        {versions.map((version) => (
          <li key={version.id} className={classes.version}>
            <strong>{t('editor.version', { number: version.number })}</strong>
            <span className={classes.note}>{version.note}</span>
            <Text size="xs" c="dimmed" component="span">
              {version.createdBy} <Time at={version.createdAt} ago />
            </Text>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => setShown(version.id)}
              aria-label={t('editor.history.show', { number: version.number })}
            >
              {t('editor.history.compare')}
            </Button>
          </li>
        ))}
      </ol>
      {shown && latest && (
        <VersionDialog
          id={shown}
          latest={latest.id}
          onClose={() => setShown(null)}
          onRestored={() => ask({ requestPolicy: 'network-only' })}
        />
      )}
    </ScrollArea>
  );
}
