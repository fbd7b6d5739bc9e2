import { useEffect, useState } from 'react';
import { type CombinedError, useClient, useSubscription } from 'urql';
import type {
  DryRunPanelProgressSubscription,
  StartDryRunInput,
  StartDryRunPanelMutation,
} from '../api/gql/graphql';
import { CancelDryRun, DryRunProgress, StartDryRun } from './queries';

export type Progress = DryRunPanelProgressSubscription['dryRunProgress'];
type Diagnostic = StartDryRunPanelMutation['startDryRun']['diagnostics'][number];

const final: readonly Progress['state'][] = ['DONE', 'FAILED', 'CANCELLED'];

/** Starts a dry-run, follows it, and says when there is a result. */
export function useDryRun() {
  const client = useClient();
  const [id, setId] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<CombinedError | null>(null);
  const [diagnostics, setDiagnostics] = useState<readonly Diagnostic[]>([]);
  const [{ data, error: lost }] = useSubscription({
    query: DryRunProgress,
    variables: { id: id ?? '' },
    pause: id === null,
  });
  // The progress of the one before is no progress of this one.
  const progress = id !== null && data?.dryRunProgress.id === id ? data.dryRunProgress : null;
  const done = progress !== null && final.includes(progress.state);
  const busy = starting || (id !== null && !done && !lost);

  const start = async (input: StartDryRunInput) => {
    setStarting(true);
    setError(null);
    setDiagnostics([]);
    setId(null);
    const answer = await client.mutation(StartDryRun, { input }).toPromise();
    setStarting(false);
    if (answer.error) setError(answer.error);
    const started = answer.data?.startDryRun;
    if (!started) return;
    if (started.dryRun) setId(started.dryRun.id);
    else setDiagnostics(started.diagnostics.filter(({ severity }) => severity === 'ERROR'));
  };
  const cancel = () => {
    if (id !== null) void client.mutation(CancelDryRun, { dryRun: id }).toPromise();
  };
  // Nobody waits for it any more.
  useEffect(() => {
    if (id === null || done) return;
    return () => void client.mutation(CancelDryRun, { dryRun: id }).toPromise();
  }, [client, id, done]);

  return { id, progress, done, busy, error: error ?? lost ?? null, diagnostics, start, cancel };
}
