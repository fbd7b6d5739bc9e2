import { ScrollArea, Stack } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '../../ui/notify';
import { SubjectContext } from '../check/check-context';
import { useEditor, useEditorState } from '../context';
import { DataForm } from '../inspector/data-form';
import { RenamedContext } from '../inspector/name-input';
import { declaredAt, followDeclared, isDeclared } from '../model/declared';
import type { Data, ProtocolDocument } from '../model/document';
import { changedField } from '../model/edit-key';
import type { FieldSchema } from '../model/form';
import { type DocumentPart, documentSchema } from './document-schema';
import classes from './inspector.module.css';

const wholeDocument = { node: '' };

/** What a protocol declares beside its drawing, to change it. */
export function DocumentPanel({
  part,
  transition,
}: {
  part: DocumentPart;
  transition: FieldSchema;
}) {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  const document = useEditorState((state) => state.document);
  const schema = useMemo(() => documentSchema(part, t), [part, t]);
  const fields = Object.keys(schema.properties ?? {});
  const data = Object.fromEntries(
    Object.entries(document).filter(([field]) => fields.includes(field)),
  ) as Data;
  const change = (next: Data) =>
    store.getState().edit(
      (now) => {
        const rest = Object.entries(now).filter(([field]) => !fields.includes(field));
        return { ...Object.fromEntries(rest), ...next } as unknown as ProtocolDocument;
      },
      changedField(data, next),
    );
  const renamed = (path: string, from: string, to: string) => {
    const { document: now, edit } = store.getState();
    const declared = declaredAt(now, path);
    // Of two things of one name nobody can say which is meant.
    if (!declared || isDeclared(now, declared, from) || !isDeclared(now, declared, to, 1)) return;
    const followed = followDeclared(catalogue, transition, now, declared, [from, to]);
    if (followed.count === 0) return;
    edit(() => followed.document);
    notifyDone(t('editor.followed', { from, to, count: followed.count }));
  };
  return (
    <ScrollArea className={classes.scroll ?? ''} type="auto">
      <Stack gap="sm" p="sm">
        <SubjectContext value={wholeDocument}>
          <RenamedContext value={renamed}>
            <DataForm schema={schema} data={data} onChange={change} />
          </RenamedContext>
        </SubjectContext>
      </Stack>
    </ScrollArea>
  );
}
