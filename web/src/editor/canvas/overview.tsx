import { MiniMap } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import classes from './canvas.module.css';

/** Fewer nodes than this are seen at once, and an overview would only cover them. */
const worthIt = 12;

const size = { width: 132, height: 88 };

/** The whole level, small, to move about in it. */
export function Overview({ nodes }: { nodes: number }) {
  const { t } = useTranslation();
  if (nodes < worthIt) return null;
  return (
    <MiniMap
      pannable
      zoomable
      style={size}
      className={classes.minimap ?? ''}
      ariaLabel={t('editor.minimap')}
    />
  );
}
