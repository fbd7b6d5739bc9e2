import { type NodeProps, NodeResizeControl } from '@xyflow/react';
import { memo, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { EditorContext } from '../context';
import { noteKey, setNote } from '../model/annotations';
import classes from './annotation.module.css';
import type { NoteNode } from './flow';

const smallest = { width: 80, height: 50 };

/** Words stuck onto the canvas. */
export const StickyNote = memo(function StickyNote({ data, selected }: NodeProps<NoteNode>) {
  const { t } = useTranslation();
  const { note } = data;
  return (
    <div
      className={classes.note}
      data-color={note.color ?? 'yellow'}
      data-selected={selected || undefined}
    >
      {selected && <Corner id={note.id} />}
      <div className={classes.text}>
        {note.text || <span className={classes.empty}>{t('editor.note.empty')}</span>}
      </div>
    </div>
  );
});

/** To make it larger; a protocol that is only looked at has no store. */
function Corner({ id }: { id: string }) {
  const store = useContext(EditorContext)?.store;
  if (!store) return null;
  return (
    <NodeResizeControl
      nodeId={noteKey(id)}
      className={classes.corner ?? ''}
      minWidth={smallest.width}
      minHeight={smallest.height}
      onResizeEnd={(_, { width, height }) =>
        store.getState().edit((now) => {
          const note = now.notes?.find((each) => each.id === id);
          if (!note) return now;
          const size = { width: Math.round(width), height: Math.round(height) };
          return setNote(now, id, { position: { ...note.position, ...size } });
        })
      }
    />
  );
}
