import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, useCommands } from '../../app/commands';
import { useShortcuts } from '../../app/shortcuts';
import { notifyRefused } from '../../ui/notify';
import { announce } from '../announce';
import { focusForm, focusNode } from '../canvas/focus-node';
import { useEditor } from '../context';
import { addNote, group, groupAt, groupKey, membersOf, ungroup } from '../model/annotations';
import { putIntoLoop, takeOutOfLoop } from '../model/loop';

/** Notes, frames, and loops around what is selected. */
export function useStructure() {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const { screenToFlowPosition } = useReactFlow();
  return useMemo(() => {
    const addStickyNote = () => {
      const { document, inside, edit, select } = store.getState();
      const canvas = window.document.querySelector('.react-flow')?.getBoundingClientRect();
      const at = screenToFlowPosition(
        {
          x: (canvas?.x ?? 0) + (canvas?.width ?? window.innerWidth) / 2 - 100,
          y: (canvas?.y ?? 0) + (canvas?.height ?? window.innerHeight) / 4,
        },
        { snapToGrid: true },
      );
      while (document.notes?.some(({ position: { x, y } }) => x === at.x && y === at.y)) {
        at.x += 30;
        at.y += 30;
      }
      const added = addNote(document, { position: at, parent: inside });
      edit(() => added.document);
      select(added.nodes);
      announce(t('editor.said.note'));
      focusForm();
    };
    const makeGroup = () => {
      const { document, selectedNodes, edit, select } = store.getState();
      const made = group(document, selectedNodes);
      if (!made) return notifyRefused(t('editor.group.refused'), t('editor.group.nothing'));
      edit(() => made.document);
      select(made.nodes);
      announce(t('editor.said.grouped', { count: selectedNodes.length }));
      focusForm();
    };
    const dissolve = () => {
      const { document, selectedNodes, edit, select } = store.getState();
      const next = ungroup(document, selectedNodes);
      const gone = (document.groups ?? []).filter((each) => !groupAt(next, groupKey(each.id)));
      if (gone.length === 0) {
        return notifyRefused(t('editor.group.notDissolved'), t('editor.group.none'));
      }
      edit(() => next);
      select(gone.flatMap(membersOf));
      announce(t('editor.said.ungrouped', { count: gone.length }));
    };
    const loop = () => {
      const { document, selectedNodes, edit, select } = store.getState();
      const made = putIntoLoop(catalogue, document, selectedNodes);
      if ('why' in made)
        return notifyRefused(t('editor.loop.refused'), t(`editor.loop.${made.why}`));
      edit(() => made.document);
      select(made.nodes);
      announce(t('editor.said.looped', { count: selectedNodes.length }));
      const [repeat] = made.nodes;
      if (repeat !== undefined) focusNode(repeat);
    };
    const takeOut = () => {
      const { document, selectedNodes, inside, edit, enter, select } = store.getState();
      const id = selectedNodes.length === 1 ? selectedNodes[0] : inside;
      const made = takeOutOfLoop(catalogue, document, id);
      if ('why' in made) {
        return notifyRefused(t('editor.loop.notTakenOut'), t(`editor.loop.${made.why}`));
      }
      if (id === inside) enter(document.nodes.find((each) => each.id === id)?.parent);
      edit(() => made.document);
      select(made.nodes);
      announce(t('editor.said.takenOut', { count: made.nodes.length }));
    };
    return [
      { id: 'note', keys: 'N', label: t('editor.note.add'), run: addStickyNote },
      { id: 'group', keys: 'alt+G', label: t('editor.group.make'), run: makeGroup },
      { id: 'ungroup', keys: 'alt+shift+G', label: t('editor.group.dissolve'), run: dissolve },
      { id: 'loop', keys: 'alt+L', label: t('editor.loop.put'), run: loop },
      { id: 'unloop', keys: 'alt+shift+L', label: t('editor.loop.takeOut'), run: takeOut },
    ] as const;
  }, [t, store, catalogue, screenToFlowPosition]);
}

/** The same by key and from the command palette. */
export function useStructureKeys(): void {
  const { t } = useTranslation();
  const actions = useStructure();
  const section = t('editor.title');
  useShortcuts(useMemo(() => actions.map((each) => ({ ...each, section })), [actions, section]));
  useCommands(
    useMemo(
      (): Command[] =>
        actions.map(({ id, label, run }) => ({ id: `editor.${id}`, label, group: section, run })),
      [actions, section],
    ),
  );
}
