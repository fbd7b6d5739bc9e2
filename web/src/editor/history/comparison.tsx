import { Badge, ScrollArea } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ProtocolCanvas } from '../canvas/protocol-canvas';
import { useEditor } from '../context';
import { type Difference, differences, diffMarks, overlay } from '../model/diff';
import type { ProtocolDocument } from '../model/document';
import classes from './history.module.css';

export const changeColors = { added: 'green', removed: 'red', changed: 'yellow' } as const;

/** Two documents in one drawing, and what differs as a list. */
export function Comparison({
  from,
  to,
  changes,
}: {
  from: ProtocolDocument;
  to: ProtocolDocument;
  /** In other words than the names of what changed. */
  changes?: readonly (Difference & { text: string })[] | undefined;
}) {
  const { t } = useTranslation();
  const { catalogue } = useEditor();
  const both = useMemo(() => overlay(from, to), [from, to]);
  const marks = useMemo(() => diffMarks(from, to), [from, to]);
  const list = useMemo(
    () => changes ?? differences(from, to).map((each) => ({ ...each, text: '' })),
    [changes, from, to],
  );
  return (
    <div className={classes.comparison}>
      <div className={classes.picture}>
        <ProtocolCanvas catalogue={catalogue} document={both} diff={marks} />
      </div>
      <ScrollArea className={classes.changes ?? ''} type="auto">
        {list.length === 0 && <p className={classes.same}>{t('editor.history.same')}</p>}
        <ul className={classes.list}>
          {list.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one thing may change in several places
            <li key={index}>
              <Badge size="xs" variant="light" color={changeColors[each.kind]} tt="none">
                {t(`editor.history.${each.kind}`)}
              </Badge>{' '}
              {t(`editor.history.object.${each.object}`)} <strong>{each.id}</strong>
              {each.text && <div className={classes.detail}>{each.text}</div>}
            </li>
          ))}
        </ul>
      </ScrollArea>
    </div>
  );
}
