import {
  applyEdgeChanges,
  applyNodeChanges,
  type EdgeChange,
  type NodeChange,
  useReactFlow,
} from '@xyflow/react';
import { type RefObject, useCallback, useEffect, useState } from 'react';
import { useEditor, useEditorState } from '../context';
import { moveNodes } from '../model/operations';
import { entryId, type Flow, type FlowEdge, type FlowNode } from './flow';
import { carried, framed } from './frames';
import { guess, many } from './guess';

/** React Flow measures and drags its own copies of what is drawn; the document follows when a drag ends. */
export function useCopies(flow: Flow, dragging: RefObject<boolean>) {
  const { store } = useEditor();
  const { getNodes } = useReactFlow<FlowNode, FlowEdge>();
  const selectedNodes = useEditorState((state) => state.selectedNodes);
  const selectedEdges = useEditorState((state) => state.selectedEdges);
  const [nodes, setNodes] = useState<FlowNode[]>([]);
  const [edges, setEdges] = useState<FlowEdge[]>([]);
  useEffect(() => {
    const chosen = new Set(selectedNodes);
    setNodes((before) => {
      const old = new Map(before.map((node) => [node.id, node]));
      const guessed = flow.nodes.length > many;
      const drawn = flow.nodes.map((node) => {
        const last = old.get(node.id);
        const selected = chosen.has(node.id);
        const same =
          last?.data === node.data &&
          last.selected === selected &&
          (node.type === 'frame' ||
            (last.position.x === node.position.x && last.position.y === node.position.y));
        if (last && same) return last;
        return {
          ...node,
          ...(last?.measured
            ? { measured: last.measured, ...(last.handles && { handles: last.handles }) }
            : guessed && node.type === 'card' && guess(node)),
          selected,
        } as FlowNode;
      });
      return framed(drawn);
    });
  }, [flow.nodes, selectedNodes]);
  useEffect(() => {
    const chosen = new Set(selectedEdges);
    setEdges(flow.edges.map((edge) => ({ ...edge, selected: chosen.has(edge.id) })));
  }, [flow.edges, selectedEdges]);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      setNodes((now) => framed(measured(changes, applyNodeChanges(carried(changes, now), now))));
      // The arrow keys move without a drag.
      const nudged = carried(changes, getNodes()).flatMap((change) =>
        change.type === 'position' && change.position && !dragging.current
          ? [[change.id, change.position] as const]
          : [],
      );
      if (nudged.length > 0) {
        store.getState().edit((now) => moveNodes(now, new Map(nudged)), 'nudge');
      }
      if (!changes.some((change) => change.type === 'select')) return;
      const picked = new Set(store.getState().selectedNodes);
      for (const change of changes) {
        if (change.type !== 'select') continue;
        if (change.selected) picked.add(change.id);
        else picked.delete(change.id);
      }
      picked.delete(entryId);
      store.getState().select([...picked], store.getState().selectedEdges);
    },
    [store, dragging, getNodes],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => {
      setEdges((now) => applyEdgeChanges(changes, now));
      if (!changes.some((change) => change.type === 'select')) return;
      const picked = new Set(store.getState().selectedEdges);
      for (const change of changes) {
        if (change.type !== 'select') continue;
        if (change.selected) picked.add(change.id);
        else picked.delete(change.id);
      }
      store.getState().select(store.getState().selectedNodes, [...picked]);
    },
    [store],
  );

  return { nodes, edges, onNodesChange, onEdgesChange };
}

/** A card that was drawn knows better than the guess where its ports are. */
function measured(changes: NodeChange<FlowNode>[], nodes: FlowNode[]): FlowNode[] {
  const drawn = new Set(
    changes.flatMap((change) => (change.type === 'dimensions' ? [change.id] : [])),
  );
  if (drawn.size === 0) return nodes;
  return nodes.map((node) => {
    if (!drawn.has(node.id) || !node.handles) return node;
    const { handles: _, ...rest } = node;
    return rest as FlowNode;
  });
}
