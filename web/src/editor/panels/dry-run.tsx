import { lazy, Suspense, useCallback, useContext, useEffect } from 'react';
import { LoadingState } from '../../ui/loading-state';
import { MarksContext } from '../canvas/marks';
import { useEditorState } from '../context';

const Panel = lazy(() =>
  import('../../dryrun/dry-run-panel').then(({ DryRunPanel }) => ({ default: DryRunPanel })),
);

/** Tries the drawing on a simulated animal; where it is shows on the canvas. */
export function DryRun() {
  const document = useEditorState((state) => state.document);
  const marks = useContext(MarksContext);
  const highlight = useCallback(
    (ids: Iterable<string>) => marks.setState({ active: new Set(ids) }),
    [marks],
  );
  useEffect(() => () => highlight([]), [highlight]);
  return (
    <Suspense fallback={<LoadingState />}>
      <Panel document={document} onHighlight={highlight} />
    </Suspense>
  );
}
