import { useReactFlow } from '@xyflow/react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Shortcut, useShortcuts } from '../../app/shortcuts';
import { useEditor } from '../context';
import { portsOf, wayOn } from '../model/catalogue';
import { sourcePort } from '../model/document';
import { ConnectList } from './connect-list';
import { nodeElement } from './focus-node';
import type { QuickAddAt } from './quick-add';
import { SearchNodes } from './search-nodes';

type Open = { what: 'connect'; source: string } | { what: 'search' } | null;

/** Drawing by keyboard: add, connect, find. Gives the list that is open. */
export function useCanvasKeys(onQuickAdd: (at: QuickAddAt) => void): ReactNode {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const { screenToFlowPosition } = useReactFlow();
  const [open, setOpen] = useState<Open>(null);
  useShortcuts(
    useMemo((): Shortcut[] => {
      const section = t('editor.title');
      /** Right of the selected node, with a wire from its first port that is free. */
      const spot = (): QuickAddAt => {
        const { document, selectedNodes } = store.getState();
        const node = document.nodes.find((each) => each.id === selectedNodes[0]);
        const element = node && selectedNodes.length === 1 ? nodeElement(node.id) : null;
        if (!node || !element) {
          const screen = middle();
          return { screen, position: screenToFlowPosition(screen) };
        }
        const free = wayOn(
          portsOf(catalogue, document, node).filter(
            (port) =>
              port.many ||
              !document.edges.some(
                (edge) => edge.source === node.id && sourcePort(edge) === port.name,
              ),
          ),
        );
        const at = { x: node.position.x + element.offsetWidth + 90, y: node.position.y };
        const near = document.nodes.filter((each) => each.parent === node.parent);
        while (
          near.some(
            ({ position }) => Math.abs(position.x - at.x) < 150 && Math.abs(position.y - at.y) < 60,
          )
        ) {
          at.y += 100;
        }
        const box = element.getBoundingClientRect();
        return {
          screen: { x: box.right, y: box.bottom },
          position: at,
          ...(free && { from: { source: node.id, sourceHandle: free.name } }),
        };
      };
      const add = () => onQuickAdd(spot());
      const connect = () => {
        const { selectedNodes } = store.getState();
        const [source] = selectedNodes;
        if (source !== undefined && selectedNodes.length === 1) {
          setOpen({ what: 'connect', source });
        }
      };
      const search = () => setOpen({ what: 'search' });
      return [
        { keys: 'A', label: t('editor.quickAdd'), section, run: add },
        { keys: 'Insert', label: t('editor.quickAdd'), section, run: add },
        { keys: 'C', label: t('editor.connectTo'), section, run: connect },
        { keys: 'mod+F', label: t('editor.search'), section, run: search },
      ];
    }, [t, store, catalogue, screenToFlowPosition, onQuickAdd]),
  );
  const close = () => setOpen(null);
  if (open?.what === 'search') return <SearchNodes at={middle()} onClose={close} />;
  if (open?.what === 'connect') {
    const box = nodeElement(open.source)?.getBoundingClientRect();
    const at = box ? { x: box.right, y: box.bottom } : middle();
    return <ConnectList source={open.source} at={at} onClose={close} />;
  }
  return null;
}

/** A place in the upper half of the canvas. */
function middle(): { x: number; y: number } {
  const box = window.document.querySelector('.react-flow')?.getBoundingClientRect();
  return box
    ? { x: box.x + box.width / 2 - 130, y: box.y + box.height / 3 }
    : { x: window.innerWidth / 2, y: window.innerHeight / 3 };
}
