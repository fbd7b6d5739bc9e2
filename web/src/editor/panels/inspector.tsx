import { Anchor, Button, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import Markdown from 'react-markdown';
import { LevelBadge } from '../../ui/level-badge';
import { KindIcon } from '../canvas/kind-icon';
import { type Problem, SubjectContext, useCheck } from '../check/check-context';
import { useEditor, useEditorState } from '../context';
import { DataForm } from '../inspector/data-form';
import { ScopeContext } from '../inspector/names';
import { groupAt, noteAt } from '../model/annotations';
import { kindOf, portsOf } from '../model/catalogue';
import {
  type Data,
  type DocumentEdge,
  type DocumentNode,
  sourcePort,
  textOf,
} from '../model/document';
import { changedField } from '../model/edit-key';
import type { FieldSchema } from '../model/form';
import { beginWith, canBegin, renameNode, setEdgeData, setNodeData } from '../model/operations';
import { titleOf } from '../model/summary';
import { GroupForm, NoteForm } from './annotation-form';
import classes from './inspector.module.css';

/** What is selected, to change it. */
export function Inspector({ transition }: { transition: FieldSchema }) {
  const { t } = useTranslation();
  const document = useEditorState((state) => state.document);
  const nodes = useEditorState((state) => state.selectedNodes);
  const edges = useEditorState((state) => state.selectedEdges);
  const node = nodes.length === 1 ? document.nodes.find((each) => each.id === nodes[0]) : undefined;
  const edge =
    nodes.length === 0 && edges.length === 1
      ? document.edges.find((each) => each.id === edges[0])
      : undefined;
  if (node) return <NodeInspector key={node.id} node={node} />;
  const note = nodes.length === 1 ? noteAt(document, nodes[0]) : undefined;
  if (note) return <NoteForm key={note.id} note={note} />;
  const group = nodes.length === 1 ? groupAt(document, nodes[0]) : undefined;
  if (group) return <GroupForm key={group.id} group={group} />;
  if (edge) return <EdgeInspector key={edge.id} edge={edge} schema={transition} />;
  const count = nodes.length + edges.length;
  return (
    <Text c="dimmed" size="sm" p="md">
      {count > 1 ? t('editor.selected', { count }) : t('editor.nothingSelected')}
    </Text>
  );
}

function NodeInspector({ node }: { node: DocumentNode }) {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const { problems } = useCheck();
  const kind = kindOf(catalogue, node);
  const schema = kind.schema as FieldSchema;
  const onDevice = kind.level === 'TASK' || kind.type === 'task';
  const subject = useMemo(() => ({ node: node.id }), [node.id]);
  return (
    <Shell
      title={titleOf(kind, node)}
      icon={<KindIcon name={kind.icon} size={18} />}
      badge={
        <LevelBadge level={onDevice ? 'device' : 'session'}>
          {t(onDevice ? 'editor.runsOnDevice' : 'editor.runsInSession')}
        </LevelBadge>
      }
      problems={problems.filter((each) => each.node === node.id && !each.edge)}
      fields={schema}
    >
      <IdField
        id={node.id}
        onRename={(to) => {
          const { edit, select } = store.getState();
          edit((now) => renameNode(now, node.id, to));
          if (store.getState().document.nodes.some((each) => each.id === to)) select([to]);
        }}
      />
      <Begin node={node} />
      <SubjectContext value={subject}>
        <ScopeContext value={node}>
          <DataForm
            schema={schema}
            data={node.data ?? {}}
            onChange={(data) =>
              store
                .getState()
                .edit(
                  (now) => setNodeData(now, node.id, data),
                  fieldKey(`node ${node.id}`, node.data, data),
                )
            }
          />
        </ScopeContext>
      </SubjectContext>
      <div className={classes.about}>
        <Markdown>{kind.help}</Markdown>
        {kind.standard.term && (
          <p>{t('editor.elsewhere', { term: kind.standard.term, source: kind.standard.source })}</p>
        )}
      </div>
    </Shell>
  );
}

/** What letters typed one after the other have in common: they go into one field of one thing. */
function fieldKey(of: string, before: Data = {}, after: Data): string | undefined {
  const field = changedField(before, after);
  return field === undefined ? undefined : of + field;
}

/** Of a state: whether its task begins in it. */
function Begin({ node }: { node: DocumentNode }) {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const document = useEditorState((state) => state.document);
  if (!canBegin(catalogue, document, node)) return null;
  const task = document.nodes.find((each) => each.id === node.parent);
  const name = textOf(node.data, 'name') || node.id;
  if (textOf(task?.data, 'initial') === name) {
    return <Text size="xs">{t('editor.beginsHere')}</Text>;
  }
  return (
    <Button
      size="compact-xs"
      variant="light"
      color="device"
      onClick={() => store.getState().edit((now) => beginWith(now, node))}
    >
      {t('editor.beginHere')}
    </Button>
  );
}

function EdgeInspector({ edge, schema }: { edge: DocumentEdge; schema: FieldSchema }) {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const { problems } = useCheck();
  const source = useEditorState((state) =>
    state.document.nodes.find((each) => each.id === edge.source),
  );
  const transition = source !== undefined && kindOf(catalogue, source).level === 'TASK';
  const answers = useEditorState(
    ({ document }) =>
      source !== undefined &&
      portsOf(catalogue, document, source).some(
        (port) => port.direction === 'OUT' && port.name === sourcePort(edge) && port.answers,
      ),
  );
  const fields = useMemo(
    () => (answers ? schema : withoutEvents(schema, edge.data ?? {})),
    [answers, schema, edge.data],
  );
  const subject = useMemo(() => ({ edge: edge.id }), [edge.id]);
  return (
    <Shell
      title={t(transition ? 'editor.transition' : 'editor.wire')}
      problems={problems.filter((each) => each.edge === edge.id)}
      fields={schema}
    >
      <Text size="xs" c="dimmed">
        {t('editor.fromTo', { from: edge.source, to: edge.target })}
      </Text>
      {transition && (
        <SubjectContext value={subject}>
          <ScopeContext value={source}>
            <DataForm
              schema={fields}
              data={edge.data ?? {}}
              onChange={(data) =>
                store
                  .getState()
                  .edit(
                    (now) => setEdgeData(now, edge.id, data),
                    fieldKey(`edge ${edge.id}`, edge.data, data),
                  )
              }
            />
          </ScopeContext>
        </SubjectContext>
      )}
    </Shell>
  );
}

/** Where the port says when a wire is taken it answers no event, unless somebody wrote one: that can be taken out. */
function withoutEvents(schema: FieldSchema, data: Data): FieldSchema {
  const properties = Object.entries(schema.properties ?? {}).filter(
    ([field]) => !(field === 'event' || field === 'events') || field in data,
  );
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** Problems that no field of the form shows stand at its top. */
function Shell({
  title,
  icon,
  badge,
  problems,
  fields,
  children,
}: {
  title: string;
  icon?: ReactNode;
  badge?: ReactNode;
  problems: Problem[];
  fields: FieldSchema;
  children: ReactNode;
}) {
  const general = problems.filter(
    (each) =>
      !(each.field.split(/[.[]/)[0] ?? '').length ||
      !fields.properties?.[each.field.split(/[.[]/)[0] ?? ''],
  );
  return (
    <ScrollArea className={classes.scroll ?? ''} type="auto">
      <Stack gap="sm" p="sm" id="editor-form">
        <div className={classes.head}>
          {icon}
          <h2 className={classes.title}>{title}</h2>
          {badge}
        </div>
        {general.map((each) => (
          <div
            key={`${each.code} ${each.message}`}
            className={classes.problem}
            data-severity={each.severity}
          >
            <strong>{each.message}</strong>
            {each.hint && <div>{each.hint}</div>}
          </div>
        ))}
        {children}
      </Stack>
    </ScrollArea>
  );
}

/** Ids are what people read in event streams, so they can be changed, when somebody means to. */
function IdField({ id, onRename }: { id: string; onRename: (to: string) => void }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<string | null>(null);
  if (editing === null) {
    return (
      <Text size="xs" c="dimmed">
        {t('editor.idIs', { id })}{' '}
        <Anchor component="button" type="button" size="xs" onClick={() => setEditing(id)}>
          {t('editor.changeId')}
        </Anchor>
      </Text>
    );
  }
  return (
    <TextInput
      size="xs"
      label={t('editor.id')}
      value={editing}
      data-autofocus
      onChange={(event) => setEditing(event.currentTarget.value.replace(/[^A-Za-z0-9_.:-]/g, '_'))}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setEditing(null);
        if (event.key === 'Enter' && editing) {
          onRename(editing);
          setEditing(null);
        }
      }}
      onBlur={() => {
        if (editing) onRename(editing);
        setEditing(null);
      }}
    />
  );
}
