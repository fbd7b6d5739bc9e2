import '@xyflow/react/dist/base.css';
import { Background, BackgroundVariant, ReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../context';
import { Breadcrumb } from './breadcrumb';
import classes from './canvas.module.css';
import { FarContext, FarWires, useFar } from './far';
import { entryId, type FlowEdge, type FlowNode } from './flow';
import { framed } from './frames';
import { guess, many } from './guess';
import { defaultEdgeOptions, edgeTypes, nodeTypes, useFlow } from './protocol-canvas';
import { useOpeningView } from './use-opening-view';
import { Zoom } from './zoom';

/** What the editor draws, to look at: a finger moves it, two make it larger, a tap selects. */
export function LookCanvas() {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const document = useEditorState((state) => state.document);
  const inside = useEditorState((state) => state.inside);
  const flow = useFlow(catalogue, document, inside);
  const nodes = useMemo(
    () =>
      framed(
        flow.nodes.length > many
          ? flow.nodes.map((node) => (node.type === 'card' ? { ...node, ...guess(node) } : node))
          : flow.nodes,
      ),
    [flow.nodes],
  );
  useOpeningView(inside);
  const far = useFar(nodes.length);
  return (
    <div className={classes.viewer}>
      <Breadcrumb
        document={document}
        catalogue={catalogue}
        inside={inside}
        onOpen={store.getState().enter}
      />
      <FarContext value={far}>
        <ReactFlow<FlowNode, FlowEdge>
          key={inside ?? ''}
          className={classes.flow ?? ''}
          aria-label={t('editor.canvas')}
          nodes={nodes}
          edges={far ? none : flow.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          defaultEdgeOptions={defaultEdgeOptions}
          nodesDraggable={false}
          nodesConnectable={false}
          minZoom={0.05}
          onlyRenderVisibleElements={nodes.length > many}
          onNodeClick={(_, { id }) => id !== entryId && store.getState().select([id])}
          onEdgeClick={(_, { id }) => store.getState().select([], [id])}
        >
          {far && <FarWires nodes={nodes} edges={flow.edges} />}
          <Background variant={BackgroundVariant.Dots} gap={20} size={1} />
        </ReactFlow>
      </FarContext>
      <Zoom />
    </div>
  );
}

const none: FlowEdge[] = [];
