import { useTranslation } from 'react-i18next';
import { announce } from '../announce';
import { useEditor } from '../context';
import { whyNot } from '../model/connect';
import { addNode, connect } from '../model/operations';
import { levelInside, placeable, searchKinds } from '../model/place';
import { Chooser } from './chooser';
import { focusNode } from './focus-node';
import { KindIcon } from './kind-icon';

export interface QuickAddAt {
  screen: { x: number; y: number };
  position: { x: number; y: number };
  /** The port that a wire was pulled from. */
  from?: { source: string; sourceHandle: string };
}

/** Search for a kind of node, right where it shall stand. */
export function QuickAdd({ at, onClose }: { at: QuickAddAt; onClose: () => void }) {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const { inside, document } = store.getState();
  const level = levelInside(catalogue, document, inside);
  const kinds = placeable([...catalogue.values()], level, inside).filter(
    (kind) => !at.from || kind.ports.some((port) => port.direction === 'IN'),
  );
  const choose = (type: string) => {
    const { edit, select, document: now } = store.getState();
    const added = addNode(catalogue, now, { type, position: at.position, parent: inside });
    const entry = catalogue.get(type)?.ports.find((port) => port.direction === 'IN');
    const wire = at.from && entry && { ...at.from, target: added.id, targetHandle: entry.name };
    const fits = wire && whyNot(catalogue, added.document, wire) === null;
    edit(() => (fits ? connect(added.document, wire).document : added.document));
    select([added.id]);
    announce(t('editor.said.added', { node: added.id }));
    onClose();
    focusNode(added.id);
  };
  return (
    <Chooser
      at={at.screen}
      label={t('editor.quickAdd')}
      none={t('editor.paletteNone')}
      search={(text) =>
        searchKinds(kinds, text).map((kind) => ({
          id: kind.type,
          label: kind.label,
          icon: <KindIcon name={kind.icon} />,
        }))
      }
      onChoose={choose}
      onClose={onClose}
    />
  );
}
