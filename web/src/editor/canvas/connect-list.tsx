import { useTranslation } from 'react-i18next';
import { announce } from '../announce';
import { useEditor } from '../context';
import { kindOf, portsOf } from '../model/catalogue';
import { type Connection, targetsOf } from '../model/connect';
import { connect } from '../model/operations';
import { titleOf } from '../model/summary';
import { Chooser } from './chooser';
import { focusEdge, focusNode } from './focus-node';

/** Draws a wire without a pointer: exactly what a drag would accept is offered. */
export function ConnectList({
  source,
  at,
  onClose,
}: {
  source: string;
  at: { x: number; y: number };
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const { document } = store.getState();
  const node = document.nodes.find((each) => each.id === source);
  if (!node) return null;
  const exits = portsOf(catalogue, document, node).filter((port) => port.direction === 'OUT');
  const wires = exits.flatMap((port) =>
    targetsOf(catalogue, document, source, port.name).map((wire) => ({ port, wire })),
  );
  const labelOf = (wire: Connection) => {
    const target = document.nodes.find((each) => each.id === wire.target);
    return target ? titleOf(kindOf(catalogue, target), target) : wire.target;
  };
  return (
    <Chooser
      at={at}
      label={t('editor.connectTo')}
      none={t('editor.connectNone')}
      search={(text) =>
        wires.flatMap(({ port, wire }, index) => {
          const label = exits.length > 1 ? `${port.label} → ${labelOf(wire)}` : labelOf(wire);
          const found = `${label} ${wire.target}`.toLowerCase().includes(text.toLowerCase());
          return found ? [{ id: String(index), label, detail: wire.target }] : [];
        })
      }
      onChoose={(id) => {
        const chosen = wires[Number(id)];
        if (!chosen) return;
        const change = connect(store.getState().document, chosen.wire);
        store.getState().edit(() => change.document);
        // Of a transition, what it answers comes next; of a wire, the node it leads to.
        const transition = kindOf(catalogue, node).level === 'TASK';
        if (transition) store.getState().select([], change.edges);
        else store.getState().select([chosen.wire.target]);
        announce(t('editor.said.connected', { from: source, to: chosen.wire.target }));
        onClose();
        if (!transition) focusNode(chosen.wire.target);
        else focusEdge(change.edges[0] ?? '');
      }}
      onClose={onClose}
    />
  );
}
