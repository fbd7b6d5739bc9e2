import { Menu, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { graphql } from '../../api/gql';
import type { RunPageFilesQuery } from '../../api/gql/graphql';
import { bytesText } from '../../ui/bytes-text';
import { notifyDone, notifyFailed } from '../../ui/notify';

const FilesQuery = graphql(`
  query RunPageFiles($id: ID!) {
    run(id: $id) {
      id
      files { format table name state size missing downloadUrl error }
    }
  }
`);

const MakeFiles = graphql(`
  mutation MakeRunPageFiles($input: MakeRunFilesInput!) {
    makeRunFiles(input: $input) {
      run { id files { format table name state size missing downloadUrl error } }
    }
  }
`);

/** The files that the protocol of a run wants, and what has become of them; nothing when it wants none. */
export function StoredFiles({ id }: { id: string }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: FilesQuery, variables: { id } });
  const [, make] = useMutation(MakeFiles);
  const files = data?.run?.files ?? [];
  if (files.length === 0) return null;
  const makeAgain = async () => {
    const { error } = await make({ input: { run: id, formats: [] } });
    if (error) notifyFailed(t('runs.download.notMade'), error);
    else notifyDone(t('runs.download.making'));
  };
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('runs.download.stored')}</Menu.Label>
      {files.map((file) => (
        <StoredFile key={`${file.format}/${file.table}`} file={file} />
      ))}
      {files.some(({ state }) => state === 'FAILED') ? (
        <Menu.Item
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => void makeAgain()}
        >
          {t('runs.download.again')}
        </Menu.Item>
      ) : null}
    </>
  );
}

type File = NonNullable<RunPageFilesQuery['run']>['files'][number];

function StoredFile({ file }: { file: File }) {
  const { t } = useTranslation();
  const { format, table, name, state, size, missing, downloadUrl, error } = file;
  const label = name || `${format} ${table}`.toLowerCase();
  const more = state === 'STORED' ? missing : error || t(`runs.download.state.${state}`);
  const text = (
    <>
      {size === null ? label : `${label} · ${bytesText(size)}`}
      {more ? (
        <Text size="xs" c="dimmed" maw={320}>
          {more}
        </Text>
      ) : null}
    </>
  );
  return downloadUrl ? (
    <Menu.Item component="a" href={downloadUrl} download>
      {text}
    </Menu.Item>
  ) : (
    <Menu.Item disabled>{text}</Menu.Item>
  );
}
