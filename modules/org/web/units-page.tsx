import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Input, Tree } from 'antd';
import { useMemo } from 'react';
import { BookPage } from '#kernel/web/book/book-page.tsx';
import { usePage } from '#kernel/web/shell/page-title.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { book } from '../module.ts';
import type { UnitLine } from '../schema.ts';
import { UnitDetail } from './unit-detail.tsx';
import { unitKinds, words } from './words.ts';

/** Units as a tree; what is searched for is shown as a list. */
export function UnitsPage() {
  usePage({ title: say(words.units) });
  const { text, id } = useSearch({ from: '/signed-in/units' });
  const navigate = useNavigate();
  const found = useApi(book.units, { limit: 2000, text }, { keep: true, staleTime: 60_000 });
  const open = (unit: number | undefined) =>
    void navigate({ to: '/units', search: { text, id: unit === undefined ? undefined : String(unit) }, replace: true });
  const find = (typed: string) => void navigate({ to: '/units', search: { text: typed.trim() || undefined, id }, replace: true });
  return (
    <BookPage<UnitLine>
      title={say(words.units)}
      filters={
        <Input.Search
          className="filter-text"
          allowClear
          defaultValue={text ?? ''}
          placeholder={say(words.findUnit)}
          aria-label={say(words.findUnit)}
          onSearch={find}
        />
      }
      rows={found.data?.items}
      error={found.error}
      retry={() => void found.refetch()}
      rowKey={(unit) => String(unit.id)}
      columns={[
        { key: 'name', title: say(words.name), render: (_, unit) => <UnitLink unit={unit} text={text} /> },
        { key: 'kind', title: say(words.kind), width: 160, render: (_, unit) => kindOf(unit) },
        { key: 'area', title: say(words.area), width: 140, dataIndex: 'areaName' },
        { key: 'code', title: say(words.code), width: 180, render: (_, unit) => <span className="code">{unit.code}</span> },
      ]}
      card={(unit) => <UnitLink unit={unit} text={text} />}
      empty={say(words.noUnit)}
      instead={text === undefined && found.data ? <UnitTree units={found.data.items} chosen={id} onChoose={open} /> : undefined}
      detail={id ? <UnitDetail key={id} id={Number(id)} /> : undefined}
      onCloseDetail={() => open(undefined)}
    />
  );
}

const kindOf = (unit: UnitLine): string =>
  Object.hasOwn(unitKinds, unit.kind) ? say(unitKinds[unit.kind as keyof typeof unitKinds]) : unit.kind;

function UnitLink({ unit, text }: { unit: UnitLine; text: string | undefined }) {
  return (
    <Link to="/units" search={{ text, id: String(unit.id) }}>
      {unit.name}
    </Link>
  );
}

type Node = { key: number; title: string; children: Node[] };

function treeOf(units: readonly UnitLine[]): Node[] {
  const nodes = new Map(units.map((unit) => [unit.id, { key: unit.id, title: unit.name, children: [] as Node[] }]));
  const roots: Node[] = [];
  for (const unit of units) {
    const node = nodes.get(unit.id);
    const above = unit.parent === null ? undefined : nodes.get(unit.parent);
    if (node) (above?.children ?? roots).push(node);
  }
  return roots;
}

type TreeProps = { units: readonly UnitLine[]; chosen: string | undefined; onChoose: (unit: number) => void };

function UnitTree({ units, chosen, onChoose }: TreeProps) {
  const nodes = useMemo(() => treeOf(units), [units]);
  return (
    <div className="card book-tree">
      <Tree<Node>
        treeData={nodes}
        height={640}
        blockNode
        defaultExpandedKeys={nodes.map((node) => node.key)}
        selectedKeys={chosen ? [Number(chosen)] : []}
        onSelect={(_, { node }) => onChoose(node.key)}
      />
    </div>
  );
}
