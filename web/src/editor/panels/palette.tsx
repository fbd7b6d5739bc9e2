import { ScrollArea, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconSearch, IconSticker } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dragType, noteType } from '../canvas/edit-canvas';
import { KindIcon } from '../canvas/kind-icon';
import { useEditor, useEditorState } from '../context';
import { useStructure } from '../header/use-structure';
import type { Kind } from '../model/catalogue';
import { addNode } from '../model/operations';
import { levelInside, placeable, searchKinds } from '../model/place';
import classes from './palette.module.css';

/** Everything that can be drawn at the level that is open: drag it, or press Enter. */
export function Palette() {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const inside = useEditorState((state) => state.inside);
  const level = useEditorState((state) => levelInside(catalogue, state.document, state.inside));
  const [search, setSearch] = useState('');
  const { screenToFlowPosition } = useReactFlow();
  const groups = useMemo(() => {
    const found = searchKinds(placeable([...catalogue.values()], level, inside), search);
    return [...Map.groupBy(found, (kind) => kind.group)];
  }, [catalogue, level, inside, search]);

  const add = (kind: Kind) => {
    const { document, edit, select } = store.getState();
    const at = screenToFlowPosition({ x: window.innerWidth / 2, y: window.innerHeight / 2 });
    const position = freeSpot(
      document.nodes.filter((node) => node.parent === inside),
      at,
    );
    const added = addNode(catalogue, document, { type: kind.type, position, parent: inside });
    edit(() => added.document);
    select([added.id]);
  };

  return (
    <section className={classes.palette} aria-label={t('editor.palette')}>
      <TextInput
        size="xs"
        m={8}
        leftSection={<IconSearch size={14} />}
        aria-label={t('editor.paletteSearch')}
        placeholder={t('editor.paletteSearch')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <ScrollArea className={classes.scroll ?? ''} type="auto">
        {groups.length === 0 && <p className={classes.none}>{t('editor.paletteNone')}</p>}
        {search === '' && (
          <div className={classes.group}>
            <NoteEntry />
          </div>
        )}
        {groups.map(([group, kinds]) => (
          <div key={group} className={classes.group}>
            <h3 className={classes.heading}>{group}</h3>
            {kinds.map((kind) => (
              <Tooltip key={kind.type} label={kind.help} position="right" multiline w={280}>
                <UnstyledButton
                  className={classes.entry ?? ''}
                  data-level={level === 'TASK' || kind.type === 'task' ? 'device' : 'session'}
                  draggable
                  onDragStart={(event) => {
                    event.dataTransfer.setData(dragType, kind.type);
                    event.dataTransfer.effectAllowed = 'move';
                  }}
                  onClick={() => add(kind)}
                >
                  <KindIcon name={kind.icon} />
                  <span>{kind.label}</span>
                </UnstyledButton>
              </Tooltip>
            ))}
          </div>
        ))}
      </ScrollArea>
    </section>
  );
}

/** A sticky note can be put anywhere. */
function NoteEntry() {
  const [{ label, run }] = useStructure();
  return (
    <UnstyledButton
      className={classes.entry ?? ''}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType, noteType);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onClick={run}
    >
      <IconSticker size={16} stroke={1.75} aria-hidden />
      <span>{label}</span>
    </UnstyledButton>
  );
}

/** A place near a point where nothing stands yet. */
export function freeSpot(
  nodes: readonly { position: { x: number; y: number } }[],
  near: { x: number; y: number },
): { x: number; y: number } {
  const at = { x: Math.round(near.x / 10) * 10 - 80, y: Math.round(near.y / 10) * 10 - 20 };
  while (
    nodes.some(
      (node) => Math.abs(node.position.x - at.x) < 60 && Math.abs(node.position.y - at.y) < 40,
    )
  ) {
    at.y += 80;
  }
  return at;
}
