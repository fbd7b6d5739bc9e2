import { useTranslation } from 'react-i18next';
import { useEditor } from '../context';
import { kindOf } from '../model/catalogue';
import { summaryOf, titleOf } from '../model/summary';
import { Chooser } from './chooser';
import { KindIcon } from './kind-icon';
import { useGoTo } from './use-go-to';

const most = 50;

/** Finds a node anywhere in the protocol by its name, id, kind or what it does. */
export function SearchNodes({
  at,
  onClose,
}: {
  at: { x: number; y: number };
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const go = useGoTo();
  const all = store.getState().document.nodes.map((node) => {
    const kind = kindOf(catalogue, node);
    const label = titleOf(kind, node);
    const text = [label, node.id, kind.label, ...summaryOf(kind, node, 6)].join(' ').toLowerCase();
    return { id: node.id, label, detail: node.id, icon: <KindIcon name={kind.icon} />, text };
  });
  return (
    <Chooser
      at={at}
      label={t('editor.search')}
      none={t('editor.searchNone')}
      search={(text) => {
        const words = text.toLowerCase().split(/\s+/).filter(Boolean);
        return all.filter((each) => words.every((word) => each.text.includes(word))).slice(0, most);
      }}
      onChoose={(id) => {
        onClose();
        go({ node: id, edge: '' }, true);
      }}
      onClose={onClose}
    />
  );
}
