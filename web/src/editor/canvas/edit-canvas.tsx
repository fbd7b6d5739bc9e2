import '@xyflow/react/dist/base.css';
import {
  applyEdgeChanges,
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  ReactFlow,
  useReactFlow,
} from '@xyflow/react';
import { type DragEvent, type MouseEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyRefused } from '../../ui/notify';
import { useEditor, useEditorState } from '../context';
import { useImport } from '../files/use-import';
import { kindOf } from '../model/catalogue';
import { type Connection as Wire, whyNot } from '../model/connect';
import { addNode, connect, moveNodes, splice } from '../model/operations';
import { Breadcrumb } from './breadcrumb';
import classes from './canvas.module.css';
import { entryId, type FlowEdge, type FlowNode } from './flow';
import { nodeElement } from './focus-node';
import { Overview } from './overview';
import { defaultEdgeOptions, edgeTypes, nodeTypes, useFlow } from './protocol-canvas';
import { QuickAdd, type QuickAddAt } from './quick-add';
import { useCanvasKeys } from './use-canvas-keys';
import { useNodeKeys } from './use-node-keys';
import { Zoom } from './zoom';

/** What a palette entry carries while it is dragged. */
export const dragType = 'application/x-lics-node';

/** The canvas one draws on. */
export function EditCanvas() {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const document = useEditorState((state) => state.document);
  const inside = useEditorState((state) => state.inside);
  const selectedNodes = useEditorState((state) => state.selectedNodes);
  const selectedEdges = useEditorState((state) => state.selectedEdges);
  const flow = useFlow(catalogue, document, inside);
  const { screenToFlowPosition, fitView } = useReactFlow<FlowNode, FlowEdge>();
  const [quickAdd, setQuickAdd] = useState<QuickAddAt | null>(null);
  const dragging = useRef(false);
  const list = useCanvasKeys(setQuickAdd);
  const keys = useNodeKeys();
  const open = useImport();

  // React Flow measures and drags its own copies; the document follows when a drag ends.
  const [nodes, setNodes] = useState<FlowNode[]>(flow.nodes);
  const [edges, setEdges] = useState<FlowEdge[]>(flow.edges);
  useEffect(() => {
    const chosen = new Set(selectedNodes);
    setNodes((before) => {
      const old = new Map(before.map((node) => [node.id, node]));
      return flow.nodes.map((node) => {
        const last = old.get(node.id);
        const selected = chosen.has(node.id);
        const same =
          last?.data === node.data &&
          last.selected === selected &&
          last.position.x === node.position.x &&
          last.position.y === node.position.y;
        if (last && same) return last;
        return {
          ...node,
          ...(last?.measured && { measured: last.measured }),
          selected,
        } as FlowNode;
      });
    });
  }, [flow.nodes, selectedNodes]);
  useEffect(() => {
    const chosen = new Set(selectedEdges);
    setEdges(flow.edges.map((edge) => ({ ...edge, selected: chosen.has(edge.id) })));
  }, [flow.edges, selectedEdges]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another container is opened
  useEffect(() => {
    const frame = requestAnimationFrame(() => void fitView({ maxZoom: 1, padding: 0.2 }));
    return () => cancelAnimationFrame(frame);
  }, [inside, fitView]);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      setNodes((now) => applyNodeChanges(changes, now));
      // The arrow keys move without a drag.
      const nudged = changes.flatMap((change) =>
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
    [store],
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

  const wireOf = useCallback(
    (connection: Connection | FlowEdge): Wire => ({
      source: connection.source === entryId ? (inside ?? '') : connection.source,
      sourceHandle: connection.source === entryId ? 'body' : (connection.sourceHandle ?? 'out'),
      target: connection.target,
      targetHandle: connection.targetHandle ?? 'in',
    }),
    [inside],
  );
  const draw = useCallback(
    (connection: Connection) => {
      const { edit, document: now, select } = store.getState();
      const wire = wireOf(connection);
      if (whyNot(catalogue, now, wire)) return;
      const change = connect(now, wire);
      edit(() => change.document);
      select([], change.edges);
    },
    [store, catalogue, wireOf],
  );
  const onConnectEnd = useCallback(
    (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (!state.fromNode) return;
      const from: Wire = {
        ...wireOf({
          source: state.fromNode.id,
          sourceHandle: state.fromHandle?.id ?? 'out',
          target: state.toNode?.id ?? '',
          targetHandle: state.toHandle?.id ?? 'in',
        }),
      };
      if (state.toNode) {
        const why = whyNot(catalogue, store.getState().document, from);
        if (why)
          notifyRefused(t('editor.cannotConnect'), t(`editor.why.${why.reason}`, why.values));
        return;
      }
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (!point || state.fromHandle?.type !== 'source') return;
      setQuickAdd({
        screen: { x: point.clientX, y: point.clientY },
        position: screenToFlowPosition({ x: point.clientX, y: point.clientY }),
        from: { source: from.source, sourceHandle: from.sourceHandle },
      });
    },
    [catalogue, store, wireOf, screenToFlowPosition, t],
  );

  const onDragStop = useCallback(
    (_: unknown, dragged: FlowNode, all: FlowNode[]) => {
      dragging.current = false;
      const { edit, document: now } = store.getState();
      const moved = new Map(all.map((node) => [node.id, node.position]));
      let next = moveNodes(now, moved);
      if (
        all.length === 1 &&
        !now.edges.some((e) => e.source === dragged.id || e.target === dragged.id)
      ) {
        const under = wireUnder(dragged);
        if (under) next = splice(catalogue, next, under, dragged.id)?.document ?? next;
      }
      edit(() => next);
    },
    [store, catalogue],
  );

  const onDrop = useCallback(
    (event: DragEvent) => {
      const [file] = event.dataTransfer.files;
      const type = event.dataTransfer.getData(dragType);
      if (!type && !file) return;
      event.preventDefault();
      if (!type) return void open(file as File);
      const { edit, document: now, select, inside: parent } = store.getState();
      const point = { x: event.clientX, y: event.clientY };
      const at = screenToFlowPosition(point);
      const added = addNode(catalogue, now, {
        type,
        position: { x: at.x - 80, y: at.y - 20 },
        parent,
      });
      const under = wireAt(point);
      const spliced = under ? splice(catalogue, added.document, under, added.id) : null;
      edit(() => spliced?.document ?? added.document);
      select([added.id]);
    },
    [store, catalogue, screenToFlowPosition, open],
  );

  const onDoubleClick = useCallback(
    (event: MouseEvent) => {
      const target = event.target as HTMLElement;
      if (!target.classList.contains('react-flow__pane')) return;
      const screen = { x: event.clientX, y: event.clientY };
      setQuickAdd({ screen, position: screenToFlowPosition(screen) });
    },
    [screenToFlowPosition],
  );

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer; the palette and the keyboard do the same
    <div className={classes.viewer} onDoubleClick={onDoubleClick} {...keys}>
      <Breadcrumb
        document={document}
        catalogue={catalogue}
        inside={inside}
        onOpen={store.getState().enter}
      />
      <ReactFlow<FlowNode, FlowEdge>
        className={classes.flow ?? ''}
        aria-label={t('editor.canvas')}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        defaultEdgeOptions={defaultEdgeOptions}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onConnect={draw}
        onConnectEnd={onConnectEnd}
        isValidConnection={(each) =>
          whyNot(catalogue, store.getState().document, wireOf(each)) === null
        }
        onNodeDragStart={() => {
          dragging.current = true;
        }}
        onNodeDragStop={onDragStop}
        onNodeDoubleClick={(_, node) => {
          const found = store.getState().document.nodes.find((each) => each.id === node.id);
          if (found && kindOf(catalogue, found).container) store.getState().enter(found.id);
        }}
        onDragOver={(event) => {
          event.preventDefault();
          event.dataTransfer.dropEffect = 'move';
        }}
        onDrop={onDrop}
        deleteKeyCode={null}
        selectionOnDrag
        panOnDrag={[1, 2]}
        panOnScroll
        zoomOnDoubleClick={false}
        multiSelectionKeyCode={['Meta', 'Control', 'Shift']}
        connectionRadius={28}
        minZoom={0.05}
        snapToGrid
        snapGrid={[10, 10]}
        onlyRenderVisibleElements={nodes.length > 150}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.2 }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} />
        <Overview nodes={nodes.length} />
      </ReactFlow>
      <Zoom />
      {quickAdd && <QuickAdd at={quickAdd} onClose={() => setQuickAdd(null)} />}
      {list}
    </div>
  );
}

/** The wire under a point of the screen. */
function wireAt(point: { x: number; y: number }): string | undefined {
  for (const element of window.document.elementsFromPoint(point.x, point.y)) {
    const id = element.closest('.react-flow__edge')?.getAttribute('data-id');
    if (id) return id;
  }
  return undefined;
}

/** The wire under the middle of a node that was dragged. */
function wireUnder(node: FlowNode): string | undefined {
  const box = nodeElement(node.id)?.getBoundingClientRect();
  return box && wireAt({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
}
