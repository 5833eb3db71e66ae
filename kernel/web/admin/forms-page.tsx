import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import type { OutputOf } from '../../contract.ts';
import { itemsOf } from '../../form/form.ts';
import { answer, get, list, publish, save } from '../../form-contract.ts';
import { pick } from '../../text.ts';
import { words as answeringWords } from '../answering/answering-words.ts';
import { BookPage } from '../book/book-page.tsx';
import { CallButton } from '../call-button.tsx';
import { clockText, useNow } from '../clock.tsx';
import { Bones, Failed } from '../page-state.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { mayUse, useMe } from '../session.ts';
import { usePage } from '../shell/page-title.ts';
import { useApi } from '../use-api.ts';
import { getLang, say, t } from '../words/words.ts';
import { FormChanges, FormFaults } from './form-changes.tsx';
import { words as editorWords } from './form-editor/editor-words.ts';
import { FormTry } from './form-try.tsx';
import { words } from './form-words.ts';

type Line = OutputOf<typeof list>['items'][number];

/** Checklists and reports as versioned data: what is in force, what is in draft. */
export function FormsPage() {
  usePage({ title: say(list.label) });
  const me = useMe();
  const { id } = useSearch({ from: '/signed-in/forms' });
  const navigate = useNavigate();
  const found = useApi(list, mayUse(me, publish.by) ? { drafts: 'true' } : {});
  const [form, version] = (id ?? '').split('@');
  return (
    <BookPage<Line>
      title={say(list.label)}
      tools={
        mayUse(me, save.by) && (
          <Button type="primary" onClick={() => void navigate({ to: '/forms/edit' })}>
            {say(editorWords.new)}
          </Button>
        )
      }
      rows={found.data?.items}
      error={found.error}
      retry={() => void found.refetch()}
      rowKey={(row) => `${row.id}@${row.version}`}
      columns={[
        { key: 'title', title: t('matter.title'), render: (_, row) => <FormLink row={row} /> },
        { key: 'id', title: t('matter.code'), width: 220, render: (_, row) => <span className="code">{row.id}</span> },
        { key: 'version', title: t('forms.version'), width: 90, align: 'right', dataIndex: 'version' },
        { key: 'published', title: t('forms.published'), width: 220, render: (_, row) => <Published row={row} /> },
        ...(mayUse(me, answer.by) ? [{ key: 'fill', width: 100, render: (_: unknown, row: Line) => <FillLink row={row} /> }] : []),
      ]}
      card={(row) => <FormCard row={row} mayFill={mayUse(me, answer.by)} />}
      empty={t('forms.none')}
      detail={form && version ? <FormDetail key={id} id={form} version={Number(version)} /> : undefined}
      onCloseDetail={() => void navigate({ to: '/forms', search: {}, replace: true })}
    />
  );
}

function FormLink({ row }: { row: Line }) {
  return (
    <Link to="/forms" search={{ id: `${row.id}@${row.version}` }}>
      {pick(row.title, getLang())}
    </Link>
  );
}

function FillLink({ row }: { row: Line }) {
  if (row.publishedAt === null) return null;
  return (
    <Link to="/forms/$form/fill" params={{ form: row.id }} className="form-fill">
      {say(answeringWords.fill)}
    </Link>
  );
}

/** A row for a thumb: whoever fills forms in goes straight there, whoever draws them up to what is known of it. */
function FormCard({ row, mayFill }: { row: Line; mayFill: boolean }) {
  const lines = (
    <>
      <b>{pick(row.title, getLang())}</b>
      <span className="quiet">
        {t('forms.version')} {row.version} · <Published row={row} />
      </span>
    </>
  );
  if (mayFill && row.publishedAt !== null)
    return (
      <Link to="/forms/$form/fill" params={{ form: row.id }}>
        {lines}
      </Link>
    );
  return (
    <Link to="/forms" search={{ id: `${row.id}@${row.version}` }}>
      {lines}
    </Link>
  );
}

function Published({ row }: { row: Line }) {
  const now = useNow();
  if (row.publishedAt === null) return <span className="tag">{t('forms.draft')}</span>;
  return (
    <>
      {clockText(row.publishedAt, now)} <span className="quiet">{row.publishedByName}</span>
    </>
  );
}

function FormDetail({ id, version }: { id: string; version: number }) {
  const { data, error, refetch } = useApi(get, { id, version });
  if (data === undefined) return error ? <Failed error={error} retry={() => void refetch()} /> : <Bones rows={4} />;
  return (
    <>
      <h2>{pick(data.title, getLang())}</h2>
      <p className="quiet">
        <Published row={data} /> · {t('forms.items', { n: itemsOf(data.form).length })}
      </p>
      <FormButtons line={data} />
      {data.publishedAt === null && <FormFaults form={data.form} />}
      <Tabs
        label={pick(data.title, getLang())}
        tabs={[
          { key: 'try', label: say(words.try), content: <FormTry form={data.form} /> },
          { key: 'changes', label: say(words.changes), content: <FormChanges form={data.form} /> },
        ]}
      />
      <p className="quiet">
        {say(words.hash)} <span className="code form-hash">{data.hash}</span>
      </p>
    </>
  );
}

/** What this person may do with the form: publish or go on with a draft, revise, copy, fill in. */
function FormButtons({ line: { id, version, publishedAt } }: { line: Line }) {
  const me = useMe();
  const draws = mayUse(me, save.by);
  return (
    <p className="book-buttons">
      {publishedAt === null && (
        <CallButton
          contract={publish}
          type="primary"
          initial={{ id, version }}
          refresh={['form.list', 'form.get']}
          done={t('forms.published_done', { version })}
        />
      )}
      {publishedAt !== null && mayUse(me, answer.by) && (
        <Link to="/forms/$form/fill" params={{ form: id }}>
          {say(answeringWords.fill)}
        </Link>
      )}
      {draws && (
        <Link to="/forms/edit" search={{ id }}>
          {say(publishedAt === null ? editorWords.edit : editorWords.revise)}
        </Link>
      )}
      {draws && (
        <Link to="/forms/edit" search={{ from: id }}>
          {say(editorWords.copy)}
        </Link>
      )}
    </p>
  );
}
