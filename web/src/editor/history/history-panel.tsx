import { Button, ScrollArea, Text } from '@mantine/core';
import { useState } from 'react';
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
  const source = useEditorState((state) => state.source);
  const [shown, setShown] = useState<string | null>(null);
  // The number is among the variables of the cache key in effect: a save asks again.
  const [{ data, error }, ask] = useQuery({
    query: VersionsQuery,
    variables: { id: source.id ?? '' },
    pause: source.id === null,
    requestPolicy: 'network-only',
  });
  if (source.id === null) {
    return (
      <Text size="sm" c="dimmed" p="sm">
        {t('editor.history.none')}
      </Text>
    );
  }
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
