import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { usePageTitle } from '../ui/page-title';
import { EditorView, type Opened } from './editor-view';
import { handedOver, takenOver } from './files/hand-over';
import { catalogueOf, type Kind } from './model/catalogue';
import { emptyDocument, type ProtocolDocument } from './model/document';
import type { FieldSchema } from './model/form';

const CatalogueQuery = graphql(`
  query EditorCatalogue {
    nodeKinds {
      type level container top label icon group help schema
      standard { term source }
      ports { name label direction optional many answers each when unless }
    }
    transitionSchema
  }
`);

const ProtocolQuery = graphql(`
  query EditorProtocol($id: ID!) {
    protocol(id: $id) {
      id
      name
      latestNumber
      latest { id number document }
    }
  }
`);

const TemplateQuery = graphql(`
  query EditorTemplate($name: String!) {
    template(name: $name) { name document }
  }
`);

/** The catalogue of nodes, which every editor needs first. */
function useCatalogue() {
  const [{ data, error }, ask] = useQuery({ query: CatalogueQuery });
  const catalogue = useMemo(() => data && catalogueOf(data.nodeKinds as Kind[]), [data]);
  return {
    catalogue,
    transition: data?.transitionSchema as FieldSchema | undefined,
    error,
    ask: () => ask({ requestPolicy: 'network-only' }),
  };
}

const fresh = getRouteApi('/editor');
const saved = getRouteApi('/editor/$protocolId');

/** Draws a new protocol, from nothing or from a template. */
export function NewEditorPage() {
  const { t } = useTranslation();
  const { template: name } = fresh.useSearch();
  usePageTitle(t('editor.newTitle'));
  const { catalogue, transition, error, ask } = useCatalogue();
  const [{ data: found, error: lost }] = useQuery({
    query: TemplateQuery,
    variables: { name: name ?? '' },
    pause: name === undefined,
  });
  const opened = useMemo((): Opened | null => {
    const none = { id: null, number: 0, saved: null };
    if (name === undefined) return { ...none, document: emptyDocument(t('editor.untitled')) };
    const document = found?.template?.document;
    return document ? { ...none, document: document as ProtocolDocument } : null;
  }, [name, found, t]);
  const failed = error ?? lost;
  if (failed) return <ErrorState error={failed} retry={ask} />;
  if (found && !found.template) return <EmptyState title={t('editor.noTemplate')} />;
  if (!catalogue || !transition || !opened) return <LoadingState />;
  return <EditorView catalogue={catalogue} transition={transition} opened={opened} />;
}

/** Changes a protocol that was saved. */
export function EditorPage() {
  const { protocolId } = saved.useParams();
  // A copy that was saved is another protocol, at the same page.
  return <SavedEditor key={protocolId} id={protocolId} />;
}

function SavedEditor({ id }: { id: string }) {
  const { t } = useTranslation();
  const { catalogue, transition, error, ask } = useCatalogue();
  const [{ data, error: lost }, askAgain] = useQuery({
    query: ProtocolQuery,
    variables: { id },
    requestPolicy: 'network-only',
  });
  const protocol = data?.protocol;
  usePageTitle(protocol?.name ?? t('editor.title'));
  // The page is opened once for a protocol: what others save later is a conflict, not a surprise.
  const [kept] = useState(() => handedOver(id));
  useEffect(takenOver, []);
  const opened = useMemo((): Opened | null => {
    if (!protocol) return null;
    const document = protocol.latest.document as ProtocolDocument;
    return { id: protocol.id, number: protocol.latestNumber, document, saved: document };
  }, [protocol]);
  const failed = error ?? lost;
  if (failed) {
    return (
      <ErrorState
        error={failed}
        retry={() => {
          ask();
          askAgain({ requestPolicy: 'network-only' });
        }}
      />
    );
  }
  if (data && !protocol) return <EmptyState title={t('editor.noProtocol')} />;
  const from = kept ?? opened;
  if (!catalogue || !transition || !from) return <LoadingState />;
  return <EditorView catalogue={catalogue} transition={transition} opened={from} />;
}
