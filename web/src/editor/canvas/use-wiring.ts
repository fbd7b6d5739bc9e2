import { type Connection, type FinalConnectionState, useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyRefused } from '../../ui/notify';
import { useEditor } from '../context';
import { type Connection as Wire, whyNot } from '../model/connect';
import { beginWith, canBegin, connect } from '../model/operations';
import { entryId, type FlowEdge } from './flow';
import type { QuickAddAt } from './quick-add';

/** Wires drawn by pointer: what may be joined, why something may not, and what follows on nothing. */
export function useWiring(onQuickAdd: (at: QuickAddAt) => void) {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const { screenToFlowPosition } = useReactFlow();
  return useMemo(() => {
    const wireOf = ({ source, sourceHandle, target, targetHandle }: Connection | FlowEdge): Wire =>
      source === entryId
        ? {
            source: store.getState().inside ?? '',
            sourceHandle: 'body',
            target,
            targetHandle: targetHandle ?? 'in',
          }
        : {
            source,
            sourceHandle: sourceHandle ?? 'out',
            target,
            targetHandle: targetHandle ?? 'in',
          };
    /** The state a task shall begin in, when the wire comes from where it begins. */
    const firstState = ({ source, target }: Connection | FlowEdge) => {
      const { document } = store.getState();
      const state =
        source === entryId ? document.nodes.find((each) => each.id === target) : undefined;
      return state && canBegin(catalogue, document, state) ? state : undefined;
    };
    return {
      isValidConnection: (each: Connection | FlowEdge) =>
        firstState(each) !== undefined ||
        whyNot(catalogue, store.getState().document, wireOf(each)) === null,
      onConnect: (connection: Connection) => {
        const { edit, document, select } = store.getState();
        const first = firstState(connection);
        if (first) return edit((now) => beginWith(now, first));
        const wire = wireOf(connection);
        if (whyNot(catalogue, document, wire)) return;
        const change = connect(document, wire);
        edit(() => change.document);
        select([], change.edges);
      },
      onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
        const { fromNode, fromHandle, toNode, toHandle, isValid } = state;
        if (!fromNode || isValid) return; // drawn already
        const pulled = { node: fromNode.id, port: fromHandle?.id ?? null };
        const met = { node: toNode?.id ?? '', port: toHandle?.id ?? null };
        // A wire may be pulled from either of its ends.
        const [out, into] = fromHandle?.type === 'target' ? [met, pulled] : [pulled, met];
        const wire = wireOf({
          source: out.node,
          sourceHandle: out.port,
          target: into.node,
          targetHandle: into.port,
        });
        if (toNode) {
          const why = whyNot(catalogue, store.getState().document, wire);
          if (why)
            notifyRefused(t('editor.cannotConnect'), t(`editor.why.${why.reason}`, why.values));
          return;
        }
        const point = 'changedTouches' in event ? event.changedTouches[0] : event;
        if (!point || fromHandle?.type !== 'source') return;
        const screen = { x: point.clientX, y: point.clientY };
        onQuickAdd({
          screen,
          position: screenToFlowPosition(screen),
          from: { source: wire.source, sourceHandle: wire.sourceHandle },
        });
      },
    };
  }, [store, catalogue, screenToFlowPosition, onQuickAdd, t]);
}
