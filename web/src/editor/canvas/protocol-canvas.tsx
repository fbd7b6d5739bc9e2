import '@xyflow/react/dist/base.css';
import {
  Background,
  BackgroundVariant,
  type EdgeTypes,
  MarkerType,
  type NodeTypes,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalogue } from '../model/catalogue';
import { kindOf } from '../model/catalogue';
import type { ProtocolDocument } from '../model/document';
import { Breadcrumb } from './breadcrumb';
import classes from './canvas.module.css';
import { Card } from './card-node';
import { Entry } from './entry-node';
import { type Flow, type FlowEdge, type FlowNode, flowOf } from './flow';
import { Frame } from './frame-node';
import { framed } from './frames';
import { createMarks, type DiffMark, MarksContext, noMarks } from './marks';
import { StickyNote } from './note-node';
import { Overview } from './overview';
import { Wire } from './wire-edge';
import { Zoom } from './zoom';

export const nodeTypes: NodeTypes = { card: Card, entry: Entry, note: StickyNote, frame: Frame };
export const edgeTypes: EdgeTypes = { wire: Wire };
export const defaultEdgeOptions = {
  markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
};

/** What flowOf gives, with what did not change kept from the last time. */
export function useFlow(
  catalogue: Catalogue,
  document: ProtocolDocument,
  inside: string | undefined,
): Flow {
  const last = useRef<Flow | undefined>(undefined);
  const flow = useMemo(
    () => flowOf(catalogue, document, inside, last.current),
    [catalogue, document, inside],
  );
  useEffect(() => {
    last.current = flow;
  }, [flow]);
  return flow;
}

const none: ReadonlySet<string> = new Set();
const noDiff: ReadonlyMap<string, DiffMark> = new Map();

/** A protocol to look at: a run shows where it is, a comparison what changed. */
export function ProtocolCanvas({
  catalogue,
  document,
  active = none,
  visited = none,
  diff = noDiff,
  inside: wish,
}: {
  catalogue: Catalogue;
  document: ProtocolDocument;
  /** Ids of nodes that are at work now. */
  active?: ReadonlySet<string>;
  visited?: ReadonlySet<string>;
  diff?: ReadonlyMap<string, DiffMark>;
  /** The container to begin in. */
  inside?: string | undefined;
}) {
  const [marks] = useState(createMarks);
  useEffect(
    () => marks.setState({ ...noMarks, active, visited, diff }),
    [marks, active, visited, diff],
  );
  return (
    <MarksContext value={marks}>
      <ReactFlowProvider>
        <Viewer catalogue={catalogue} document={document} wish={wish} />
      </ReactFlowProvider>
    </MarksContext>
  );
}

function Viewer({
  catalogue,
  document,
  wish,
}: {
  catalogue: Catalogue;
  document: ProtocolDocument;
  wish: string | undefined;
}) {
  const { t } = useTranslation();
  const [inside, setInside] = useState(wish);
  useEffect(() => setInside(wish), [wish]);
  const flow = useFlow(catalogue, document, inside);
  const nodes = useMemo(() => framed(flow.nodes), [flow.nodes]);
  return (
    <div className={classes.viewer}>
      <Breadcrumb document={document} catalogue={catalogue} inside={inside} onOpen={setInside} />
      <ReactFlow<FlowNode, FlowEdge>
        key={inside ?? ''}
        className={classes.flow ?? ''}
        aria-label={t('editor.canvas')}
        nodes={nodes}
        edges={flow.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        defaultEdgeOptions={defaultEdgeOptions}
        nodesDraggable={false}
        nodesConnectable={false}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.15 }}
        minZoom={0.05}
        onlyRenderVisibleElements
        onNodeDoubleClick={(_, node) => {
          const found = document.nodes.find((each) => each.id === node.id);
          if (found && kindOf(catalogue, found).container) setInside(found.id);
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} />
        <Overview nodes={nodes} />
      </ReactFlow>
      <Zoom />
    </div>
  );
}
