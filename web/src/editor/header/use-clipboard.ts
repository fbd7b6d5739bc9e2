import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { typing } from '../../app/shortcuts';
import { notifyRefused } from '../../ui/notify';
import { announce } from '../announce';
import { focusNode } from '../canvas/focus-node';
import { useEditor } from '../context';
import { copy, paste, readClip } from '../model/clip';
import { remove } from '../model/operations';
import { levelInside } from '../model/place';

/**
 * Nodes go through the clipboard as JSON, between windows and between people. The browser's own
 * events do it: they need no permission, and also work where a lab serves LICS without TLS.
 */
export function useClipboard(): void {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const { screenToFlowPosition } = useReactFlow();
  useEffect(() => {
    let pointer: { x: number; y: number } | null = null;
    const onMove = (event: PointerEvent) => {
      const over = event.target instanceof Element && event.target.closest('.react-flow');
      pointer = over ? { x: event.clientX, y: event.clientY } : null;
    };
    const onCopy = (event: ClipboardEvent) => {
      const { document, selectedNodes } = store.getState();
      if (elsewhere(event) || selectedNodes.length === 0) return;
      event.clipboardData?.setData(
        'text/plain',
        JSON.stringify(copy(document, selectedNodes), null, 1),
      );
      event.preventDefault();
      if (event.type !== 'cut') return;
      store.getState().edit((now) => remove(now, selectedNodes));
      announce(t('editor.said.deleted', { count: selectedNodes.length }));
    };
    const onPaste = (event: ClipboardEvent) => {
      if (elsewhere(event)) return;
      event.preventDefault();
      const refuse = (why: 'nothing' | 'session' | 'task') =>
        notifyRefused(t('editor.notPasted'), t(`editor.pasteWhy.${why}`));
      const clip = readClip(event.clipboardData?.getData('text/plain') ?? '');
      if (!clip || clip.nodes.length + (clip.notes?.length ?? 0) === 0) return refuse('nothing');
      const { document, inside, edit, select } = store.getState();
      const change = paste(catalogue, document, clip, {
        parent: inside,
        ...(pointer && { at: screenToFlowPosition(pointer, { snapToGrid: true }) }),
      });
      const [first] = change.nodes;
      if (first === undefined) {
        return refuse(levelInside(catalogue, document, inside) === 'TASK' ? 'task' : 'session');
      }
      edit(() => change.document);
      select(change.nodes);
      announce(t('editor.said.pasted', { count: change.nodes.length }));
      focusNode(first);
    };
    const page = window.document;
    page.addEventListener('pointermove', onMove);
    page.addEventListener('copy', onCopy);
    page.addEventListener('cut', onCopy);
    page.addEventListener('paste', onPaste);
    return () => {
      page.removeEventListener('pointermove', onMove);
      page.removeEventListener('copy', onCopy);
      page.removeEventListener('cut', onCopy);
      page.removeEventListener('paste', onPaste);
    };
  }, [t, store, catalogue, screenToFlowPosition]);
}

/** A text is meant: one is written, or one was marked to be copied. */
function elsewhere(event: ClipboardEvent): boolean {
  if (event.defaultPrevented || typing(event)) return true;
  const marked = window.getSelection();
  return event.type !== 'paste' && marked !== null && !marked.isCollapsed;
}
