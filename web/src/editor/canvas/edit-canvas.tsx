import '@xyflow/react/dist/base.css';
import { Background, BackgroundVariant, ReactFlow, useReactFlow } from '@xyflow/react';
import { type DragEvent, type MouseEvent, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../context';
import { useImport } from '../files/use-import';
import { addNote } from '../model/annotations';
import { kindOf } from '../model/catalogue';
import { addNode, moveNodes, splice } from '../model/operations';
import { Breadcrumb } from './breadcrumb';
import classes from './canvas.module.css';
import { FarContext, FarWires, useFar } from './far';
import type { FlowEdge, FlowNode } from './flow';
import { focusForm, nodeElement } from './focus-node';
import { dropped } from './frames';
import { many } from './guess';
import { Overview } from './overview';
import { defaultEdgeOptions, edgeTypes, nodeTypes, useFlow } from './protocol-canvas';
import { QuickAdd, type QuickAddAt } from './quick-add';
import { useCanvasKeys } from './use-canvas-keys';
import { useCopies } from './use-copies';
import { useNodeKeys } from './use-node-keys';
import { useOpeningView } from './use-opening-view';
import { useWiring } from './use-wiring';
import { Zoom } from './zoom';

/** What a palette entry carries while it is dragged. */
export const dragType = 'application/x-lics-node';
/** In place of a kind of node. */
export const noteType = '#note';

/** The canvas one draws on. */
export function EditCanvas() {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const document = useEditorState((state) => state.document);
  const inside = useEditorState((state) => state.inside);
  const flow = useFlow(catalogue, document, inside);
  const { screenToFlowPosition } = useReactFlow<FlowNode, FlowEdge>();
  const [quickAdd, setQuickAdd] = useState<QuickAddAt | null>(null);
  const list = useCanvasKeys(setQuickAdd);
  const keys = useNodeKeys();
  const open = useImport();

  const dragging = useRef(false);
  const { nodes, edges, onNodesChange, onEdgesChange } = useCopies(flow, dragging);
  useOpeningView(inside);
  const far = useFar(nodes.length);

  const wiring = useWiring(setQuickAdd);

  const openContainer = useCallback(
    (_: unknown, { id }: FlowNode) => {
      if (id.startsWith('#')) return focusForm();
      const found = store.getState().document.nodes.find((each) => each.id === id);
      if (found && kindOf(catalogue, found).container) store.getState().enter(id);
    },
    [catalogue, store],
  );
  const from = useRef(new Map<string, { x: number; y: number }>());
  const onDragStart = useCallback((_: unknown, __: FlowNode, all: FlowNode[]) => {
    dragging.current = true;
    from.current = new Map(all.map((node) => [node.id, node.position]));
  }, []);
  const onDragStop = useCallback(
    (_: unknown, dragged: FlowNode, all: FlowNode[]) => {
      dragging.current = false;
      const { edit, document: now } = store.getState();
      let next = moveNodes(now, dropped(now, all, from.current));
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
      if (type === noteType) {
        const note = addNote(now, { position: { x: at.x - 100, y: at.y - 20 }, parent });
        edit(() => note.document);
        return select(note.nodes);
      }
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
      <FarContext value={far}>
        <ReactFlow<FlowNode, FlowEdge>
          className={classes.flow ?? ''}
          aria-label={t('editor.canvas')}
          nodes={nodes}
          edges={far ? none : edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          defaultEdgeOptions={defaultEdgeOptions}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          {...wiring}
          onNodeDragStart={onDragStart}
          onNodeDragStop={onDragStop}
          onNodeDoubleClick={openContainer}
          onDragOver={allowDrop}
          onDrop={onDrop}
          deleteKeyCode={null}
          selectionOnDrag
          panOnDrag={panButtons}
          panOnScroll
          zoomOnDoubleClick={false}
          multiSelectionKeyCode={addToSelection}
          connectionRadius={28}
          minZoom={0.05}
          snapToGrid
          snapGrid={grid}
          onlyRenderVisibleElements={nodes.length > many}
        >
          {far && <FarWires nodes={nodes} edges={edges} />}
          <Background variant={BackgroundVariant.Dots} gap={20} size={1} />
          <Overview nodes={nodes} />
        </ReactFlow>
      </FarContext>
      <Zoom />
      {quickAdd && <QuickAdd at={quickAdd} onClose={() => setQuickAdd(null)} />}
      {list}
    </div>
  );
}

// What is given to React Flow is the same at every frame of a drag: else each node is rendered again.
const none: FlowEdge[] = [];
const panButtons = [1, 2];
const addToSelection = ['Meta', 'Control', 'Shift'];
const grid: [number, number] = [10, 10];

function allowDrop(event: DragEvent) {
  event.preventDefault();
  event.dataTransfer.dropEffect = 'move';
}

/** The wire under a point of the screen. */
function wireAt(point: { x: number; y: number }): string | undefined {
  for (const element of window.document.elementsFromPoint(point.x, point.y)) {
    const id = element.closest('.react-flow__edge')?.getAttribute('data-id');
    if (id) return id;
  }
  return undefined;
}

/** The wire that a node was dragged onto: the one nearest to its middle. */
function wireUnder(node: FlowNode): string | undefined {
  const box = nodeElement(node.id)?.getBoundingClientRect();
  if (!box) return undefined;
  for (const part of [1 / 2, 1 / 4, 3 / 4, 0, 1]) {
    const id = wireAt({ x: box.x + box.width / 2, y: box.y + box.height * part });
    if (id) return id;
  }
  return undefined;
}
