import { ScrollArea, Stack } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SubjectContext } from '../check/check-context';
import { useEditor, useEditorState } from '../context';
import { DataForm } from '../inspector/data-form';
import type { Data, ProtocolDocument } from '../model/document';
import { type DocumentPart, documentSchema } from './document-schema';
import classes from './inspector.module.css';

const wholeDocument = { node: '' };

/** What a protocol declares beside its drawing, to change it. */
export function DocumentPanel({ part }: { part: DocumentPart }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const document = useEditorState((state) => state.document);
  const schema = useMemo(() => documentSchema(part, t), [part, t]);
  const fields = Object.keys(schema.properties ?? {});
  const data = Object.fromEntries(
    Object.entries(document).filter(([field]) => fields.includes(field)),
  ) as Data;
  const change = (next: Data) =>
    store.getState().edit((now) => {
      const rest = Object.entries(now).filter(([field]) => !fields.includes(field));
      return { ...Object.fromEntries(rest), ...next } as unknown as ProtocolDocument;
    }, `document ${part}`);
  return (
    <ScrollArea className={classes.scroll ?? ''} type="auto">
      <Stack gap="sm" p="sm">
        <SubjectContext value={wholeDocument}>
          <DataForm schema={schema} data={data} onChange={change} />
        </SubjectContext>
      </Stack>
    </ScrollArea>
  );
}
