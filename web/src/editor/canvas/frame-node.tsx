import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './annotation.module.css';
import type { FrameNode } from './flow';

/** A frame around a group. Only its title can be taken hold of: what is in it stays within reach. */
export const Frame = memo(function Frame({ data, selected }: NodeProps<FrameNode>) {
  const { t } = useTranslation();
  const { group } = data;
  return (
    <div
      className={classes.frame}
      data-color={group.color ?? 'grey'}
      data-selected={selected || undefined}
    >
      <div className={classes.title}>{group.title || t('editor.group.untitled')}</div>
    </div>
  );
});
