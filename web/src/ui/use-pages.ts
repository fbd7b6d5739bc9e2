import { useCallback, useState } from 'react';
import {
  type AnyVariables,
  type CombinedError,
  type TypedDocumentNode,
  useClient,
  useQuery,
} from 'urql';

interface Connection<Item> {
  nodes: readonly Item[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

export interface Pages<Item> {
  /** What has come so far; undefined before the first page. */
  items: readonly Item[] | undefined;
  error: CombinedError | undefined;
  loading: boolean;
  /** There are more. */
  hasMore: boolean;
  /** Asks for the next page. */
  more: () => void;
  retry: () => void;
}

/**
 * A list that comes page by page. What is shown is always read from its first
 * page on, so that a list that was asked for again has no hole in it.
 */
export function usePages<Data, Variables extends AnyVariables & { after?: string | null }, Item>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  connection: (data: Data) => Connection<Item>,
): Pages<Item> {
  const client = useClient();
  const [{ data, error, fetching }, ask] = useQuery({ query, variables });
  const [page, setPage] = useState<{ loading: boolean; error?: CombinedError }>({ loading: false });
  const shown = data ? connection(data) : undefined;
  const after = shown?.pageInfo.endCursor;
  const loading = page.loading || fetching;

  const more = useCallback(() => {
    if (loading || !after) return;
    setPage({ loading: true });
    void client
      .query(query, { ...variables, after }, { requestPolicy: 'network-only' })
      .toPromise()
      .then((result) => {
        setPage(result.error ? { loading: false, error: result.error } : { loading: false });
        ask({ requestPolicy: 'cache-only' });
      });
  }, [client, query, variables, after, loading, ask]);

  const retry = useCallback(() => {
    setPage({ loading: false });
    ask({ requestPolicy: 'network-only' });
  }, [ask]);

  return {
    items: shown?.nodes,
    error: error ?? page.error,
    loading,
    hasMore: (shown?.pageInfo.hasNextPage ?? false) && !page.error,
    more,
    retry,
  };
}
