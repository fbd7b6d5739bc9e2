import { Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ReactFlowProvider } from '@xyflow/react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Announcer } from './announce';
import { EditCanvas } from './canvas/edit-canvas';
import { createMarks, MarksContext, type Severity } from './canvas/marks';
import { CheckContext, type CheckState } from './check/check-context';
import { useServerCheck } from './check/use-server-check';
import { EditorContext, useEditorState } from './context';
import classes from './editor.module.css';
import { DraftBanner } from './files/draft-banner';
import { LeaveGuard } from './files/leave-guard';
import { ConflictDialog } from './header/conflict-dialog';
import { EditorHeader } from './header/editor-header';
import { useDocumentKeys } from './header/use-document-keys';
import { useEditorKeys } from './header/use-editor-keys';
import { usePlaces, useWayBack } from './header/use-places';
import { useSave } from './header/use-save';
import { useStructureKeys } from './header/use-structure';
import { HistoryPanel } from './history/history-panel';
import type { Catalogue } from './model/catalogue';
import type { ProtocolDocument } from './model/document';
import type { FieldSchema } from './model/form';
import { createEditorStore, type EditorStore } from './model/store';
import { pathTo } from './model/tree';
import { DryRun } from './panels/dry-run';
import { Palette } from './panels/palette';
import { Problems } from './panels/problems';
import { SidePanel } from './panels/side-panel';
import { PhoneLayout } from './phone/phone-layout';

/** What an editor begins with. */
export interface Opened {
  /** Of the protocol; null when it was never saved. */
  id: string | null;
  /** Of the version the document comes from; 0 for none. */
  number: number;
  document: ProtocolDocument;
  saved: ProtocolDocument | null;
}

export function EditorView({
  catalogue,
  transition,
  opened,
}: {
  catalogue: Catalogue;
  transition: FieldSchema;
  /** What to begin with, or an editor that goes on here. */
  opened: Opened | EditorStore;
}) {
  const [store] = useState(() =>
    'getState' in opened
      ? opened
      : createEditorStore(opened.document, opened.saved, { id: opened.id, number: opened.number }),
  );
  const editor = useMemo(() => ({ store, catalogue }), [store, catalogue]);
  return (
    <EditorContext value={editor}>
      <ReactFlowProvider>
        <Checked>
          <Layout transition={transition} />
        </Checked>
      </ReactFlowProvider>
    </EditorContext>
  );
}

/** Asks the server about each change, and puts its answer on the canvas. */
function Checked({ children }: { children: ReactNode }) {
  const document = useEditorState((state) => state.document);
  const check = useServerCheck(document);
  const [marks] = useState(createMarks);
  useEffect(() => marks.setState(severities(document, check)), [marks, document, check]);
  return (
    <CheckContext value={check}>
      <MarksContext value={marks}>{children}</MarksContext>
    </CheckContext>
  );
}

/** The worst about each node and wire; a container shows what is inside it. */
function severities(document: ProtocolDocument, check: CheckState) {
  const severity = new Map<string, Severity>();
  const edgeSeverity = new Map<string, Severity>();
  const worst = (map: Map<string, Severity>, id: string, now: Severity) => {
    if (map.get(id) !== 'ERROR') map.set(id, now);
  };
  const sources = new Map(document.edges.map((edge) => [edge.id, edge.source]));
  for (const each of check.problems) {
    if (each.edge) worst(edgeSeverity, each.edge, each.severity);
    const path = pathTo(document, each.edge ? sources.get(each.edge) : each.node);
    for (const node of each.edge ? path.slice(0, -1) : path) {
      worst(severity, node.id, each.severity);
    }
  }
  return { severity, edgeSeverity };
}

/** Narrower than this there is no room to draw; as in the styles. */
const phone = '(width < 48em)';

function Layout({ transition }: { transition: FieldSchema }) {
  const looking = useMediaQuery(phone, undefined, { getInitialValueInEffect: false });
  return looking ? (
    <PhoneLayout transition={transition}>
      <Bottom />
    </PhoneLayout>
  ) : (
    <Desk transition={transition} />
  );
}

function Desk({ transition }: { transition: FieldSchema }) {
  const { t } = useTranslation();
  const saving = useSave();
  useEditorKeys();
  useDocumentKeys(saving.save);
  usePlaces();
  useStructureKeys();
  const back = useWayBack();
  return (
    <div className={classes.editor}>
      <EditorHeader saving={saving} />
      <div className={classes.banner}>
        <DraftBanner />
      </div>
      <aside className={classes.palette}>
        <Palette />
      </aside>
      <div className={classes.canvas}>
        <EditCanvas />
      </div>
      <aside
        id="editor-side"
        className={classes.inspector}
        aria-label={t('editor.inspector')}
        onKeyDown={back}
      >
        <SidePanel transition={transition} />
      </aside>
      <Bottom />
      <ConflictDialog saving={saving} />
      <LeaveGuard save={saving.save} />
      <Announcer />
    </div>
  );
}

const belowTabs = ['problems', 'dry-run', 'versions'] as const;

function Bottom() {
  const { t } = useTranslation();
  const below = useEditorState((state) => state.below);
  const showBelow = useEditorState((state) => state.showBelow);
  return (
    <Tabs
      value={below}
      onChange={(next) => showBelow(belowTabs.find((each) => each === next) ?? 'problems')}
      keepMounted={false}
      id="editor-below"
      className={classes.bottom ?? ''}
      variant="default"
    >
      <Tabs.List>
        <Tabs.Tab value="problems">{t('editor.problems')}</Tabs.Tab>
        <Tabs.Tab value="dry-run">{t('editor.dryRun')}</Tabs.Tab>
        <Tabs.Tab value="versions">{t('editor.versions')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="problems" className={classes.panel ?? ''}>
        <Problems />
      </Tabs.Panel>
      <Tabs.Panel value="dry-run" className={classes.panel ?? ''} data-tall>
        <DryRun />
      </Tabs.Panel>
      <Tabs.Panel value="versions" className={classes.panel ?? ''}>
        <HistoryPanel />
      </Tabs.Panel>
    </Tabs>
  );
}
