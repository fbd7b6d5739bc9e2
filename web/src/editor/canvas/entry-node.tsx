import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './card-node.module.css';
import type { EntryNode } from './flow';

/** The way into the container that is open: the body of a loop, the beginning of a task. */
export const Entry = memo(function Entry({ data }: NodeProps<EntryNode>) {
  const { t } = useTranslation();
  return (
    <div className={classes.entry} data-role={data.role}>
      {t(data.role === 'body' ? 'editor.entryBody' : 'editor.entryInitial')}
      <Handle id="out" type="source" position={Position.Right} className={classes.port} />
    </div>
  );
});
