import { Popover, Portal, ScrollArea, TextInput, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../context';
import type { Kind } from '../model/catalogue';
import { whyNot } from '../model/connect';
import { addNode, connect } from '../model/operations';
import { levelInside, placeable, searchKinds } from '../model/place';
import { KindIcon } from './kind-icon';
import classes from './quick-add.module.css';

export interface QuickAddAt {
  screen: { x: number; y: number };
  position: { x: number; y: number };
  /** The port that a wire was pulled from. */
  from?: { source: string; sourceHandle: string };
}

/** Search for a kind of node, right where it shall stand. */
export function QuickAdd({ at, onClose }: { at: QuickAddAt | null; onClose: () => void }) {
  if (!at) return null;
  return (
    <Portal>
      <Popover opened onClose={onClose} withinPortal trapFocus shadow="md" position="bottom-start">
        <Popover.Target>
          <div className={classes.anchor} style={{ left: at.screen.x, top: at.screen.y }} />
        </Popover.Target>
        <Popover.Dropdown p={6}>
          <Choices at={at} onClose={onClose} />
        </Popover.Dropdown>
      </Popover>
    </Portal>
  );
}

function Choices({ at, onClose }: { at: QuickAddAt; onClose: () => void }) {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const document = useEditorState((state) => state.document);
  const inside = useEditorState((state) => state.inside);
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const kinds = useMemo(() => {
    const level = levelInside(catalogue, document, inside);
    const found = searchKinds(placeable([...catalogue.values()], level, inside), search);
    return at.from
      ? found.filter((kind) => kind.ports.some((port) => port.direction === 'IN'))
      : found;
  }, [catalogue, document, inside, search, at.from]);
  const choose = (kind: Kind) => {
    const { edit, select, document: now } = store.getState();
    const added = addNode(catalogue, now, {
      type: kind.type,
      position: at.position,
      parent: inside,
    });
    const entry = kind.ports.find((port) => port.direction === 'IN');
    const wire = at.from && entry && { ...at.from, target: added.id, targetHandle: entry.name };
    const fits = wire && whyNot(catalogue, added.document, wire) === null;
    edit(() => (fits ? connect(added.document, wire).document : added.document));
    select([added.id]);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const kind = kinds[active];
    if (step !== undefined) {
      event.preventDefault();
      setActive((now) => (now + step + kinds.length) % Math.max(kinds.length, 1));
    } else if (event.key === 'Enter' && kind) {
      event.preventDefault();
      choose(kind);
    }
  };
  return (
    <>
      <TextInput
        data-autofocus
        size="xs"
        aria-label={t('editor.quickAdd')}
        placeholder={t('editor.quickAdd')}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ScrollArea.Autosize mah={280} mt={4} type="auto">
        <div role="listbox" aria-label={t('editor.quickAdd')}>
          {kinds.map((kind, index) => (
            <UnstyledButton
              key={kind.type}
              role="option"
              aria-selected={index === active}
              tabIndex={-1}
              className={classes.choice ?? ''}
              data-active={index === active || undefined}
              onClick={() => choose(kind)}
              onMouseEnter={() => setActive(index)}
            >
              <KindIcon name={kind.icon} />
              {kind.label}
            </UnstyledButton>
          ))}
        </div>
      </ScrollArea.Autosize>
    </>
  );
}
