import { Box, Loader, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './data-table.module.css';

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** As in CSS; what is left when absent. */
  width?: string;
  /** The least window that shows it; every window when absent. */
  from?: 'tablet' | 'laptop';
  /** Numbers and buttons stand at the end. */
  end?: boolean;
  sortable?: boolean;
}

export interface Sort {
  by: string;
  descending: boolean;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHeight?: number;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** Asks for more when the end comes into sight; absent: there is no more. */
  onEnd?: (() => void) | undefined;
}

const classOf = (column: Column<never>) =>
  [
    classes.cell,
    column.end ? classes.end : '',
    column.from === 'tablet' ? classes.fromTablet : '',
    column.from === 'laptop' ? classes.fromLaptop : '',
  ].join(' ');

/** A list as a table. Only the rows in sight are in the document, however long it is. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowHeight = 49,
  sort,
  onSort,
  onEnd,
}: Props<Row>) {
  const { t } = useTranslation();
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const box = body.current?.getBoundingClientRect();
    if (box) setTop(box.top + window.scrollY);
  }, []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: top,
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
  });
  const shown = virtual.getVirtualItems();
  const before = (shown[0]?.start ?? top) - top;
  const after = virtual.getTotalSize() - ((shown.at(-1)?.end ?? top) - top);
  const atEnd = (shown.at(-1)?.index ?? -1) >= rows.length - 1;
  useEffect(() => {
    if (atEnd) onEnd?.();
  }, [atEnd, onEnd]);

  return (
    <Table
      className={classes.table}
      aria-label={label}
      aria-rowcount={onEnd ? -1 : rows.length + 1}
    >
      <Table.Thead>
        <Table.Tr aria-rowindex={1}>
          {columns.map((column) => (
            <Table.Th
              key={column.key}
              w={column.width}
              className={classOf(column as Column<never>)}
              aria-sort={ariaSort(column.key, sort)}
            >
              {column.sortable && sort && onSort ? (
                <SortButton column={column.key} sort={sort} onSort={onSort}>
                  {column.header}
                </SortButton>
              ) : (
                column.header
              )}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody ref={body}>
        {before > 0 ? <Space height={before} columns={columns.length} /> : null}
        {shown.map(({ index, key }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <Table.Tr
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-rowindex={index + 2}
            >
              {columns.map((column) => (
                <Table.Td key={column.key} className={classOf(column as Column<never>)}>
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          );
        })}
        {after > 0 ? <Space height={after} columns={columns.length} /> : null}
        {onEnd ? (
          <Table.Tr>
            <Table.Td colSpan={columns.length}>
              <Box ta="center">
                <Loader size="xs" type="dots" aria-label={t('ui.loading')} />
              </Box>
            </Table.Td>
          </Table.Tr>
        ) : null}
      </Table.Tbody>
    </Table>
  );
}

function Space({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={columns} className={classes.space} />
    </tr>
  );
}

function ariaSort(column: string, sort: Sort | undefined) {
  if (sort?.by !== column) return undefined;
  return sort.descending ? 'descending' : 'ascending';
}

function SortButton({
  column,
  sort,
  onSort,
  children,
}: {
  column: string;
  sort: Sort;
  onSort: (sort: Sort) => void;
  children: ReactNode;
}) {
  const on = sort.by === column;
  const Icon = sort.descending ? IconArrowDown : IconArrowUp;
  return (
    <UnstyledButton
      className={classes.sort}
      onClick={() => onSort({ by: column, descending: on ? !sort.descending : false })}
    >
      {children}
      {on ? <Icon size={14} aria-hidden /> : null}
    </UnstyledButton>
  );
}
