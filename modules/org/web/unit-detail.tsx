import { Link } from '@tanstack/react-router';
import { z } from 'zod';
import type { OutputOf } from '#kernel/contract.ts';
import { ask } from '#kernel/field.ts';
import { type Role, roles } from '#kernel/permission.ts';
import { Fact } from '#kernel/web/book/book-page.tsx';
import { CallButton } from '#kernel/web/call-button.tsx';
import { lineWord } from '#kernel/web/lines.ts';
import { Bones, Failed } from '#kernel/web/page-state.tsx';
import { useApi } from '#kernel/web/use-api.ts';
import { say, t } from '#kernel/web/words/words.ts';
import { administration, book } from '../module.ts';
import { unitKinds, words } from './words.ts';

type Unit = OutputOf<typeof book.unit>;

/** The kinds there are, instead of a word one has to know. */
const kind = z.enum(Object.keys(unitKinds) as [keyof typeof unitKinds]).meta(ask('单位类型', 'Kind', { options: unitKinds }));
const unitForm = z.object({ ...administration.unitSave.input.shape, kind });
const refresh = ['org.units', 'org.unit', 'org.areas', 'org.committees'];

export function UnitDetail({ id }: { id: number }) {
  const { data: unit, error, refetch } = useApi(book.unit, { id });
  if (unit === undefined) return error ? <Failed error={error} retry={() => void refetch()} /> : <Bones rows={4} />;
  return (
    <>
      <p className="quiet">{unit.path.map((above) => above.name).join(' / ')}</p>
      <h2>{unit.name}</h2>
      <dl className="details">
        <Fact label={say(words.kind)}>
          {Object.hasOwn(unitKinds, unit.kind) ? say(unitKinds[unit.kind as keyof typeof unitKinds]) : unit.kind}
        </Fact>
        <Fact label={say(words.short)}>{unit.short}</Fact>
        <Fact label={say(words.code)}>
          <span className="code">{unit.code}</span>
        </Fact>
        <Fact label={say(words.area)}>{unit.areaName}</Fact>
        {unit.phone && <Fact label={say(words.phone)}>{unit.phone}</Fact>}
        {(unit.lines.length > 0 || unit.overall) && (
          <Fact label={say(words.lines)} wide>
            {[...unit.lines.map(lineWord), ...(unit.overall ? [say(words.overall)] : [])].join(t('say.join'))}
          </Fact>
        )}
      </dl>
      <Posts unit={unit} />
      {unit.committees.length > 0 && (
        <>
          <h3>{say(words.memberOf)}</h3>
          <ul className="book-rows">
            {unit.committees.map((committee) => (
              <li key={committee.id}>
                <Link to="/committees" search={{ id: String(committee.id) }}>
                  {committee.name}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {unit.mayEdit && <Tools unit={unit} />}
    </>
  );
}

function Posts({ unit }: { unit: Unit }) {
  return (
    <>
      <h3>{say(words.posts)}</h3>
      {unit.posts.length === 0 && <p className="quiet">{say(words.noPosts)}</p>}
      <ul className="book-rows">
        {unit.posts.map((post) => (
          <li key={post.id}>
            <Link to="/people" search={{ id: post.person }}>
              {post.personName}
            </Link>
            <span>{post.title}</span>
            <span className="quiet">{say(roles[post.role as Role])}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Tools({ unit }: { unit: Unit }) {
  const { id, code, name, short, kind: own, parent, division, lines, overall, ordering, phone } = unit;
  const known = { id, code, name, short, kind: own, parent, division, lines, overall, ordering, phone, territorial: unit.area === id };
  const filled = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
  return (
    <p className="book-buttons">
      <CallButton
        contract={administration.unitSave}
        schema={unitForm}
        label={words.editUnit}
        initial={filled}
        refresh={refresh}
        done={words.unitSaved}
      />
      <CallButton
        contract={administration.unitSave}
        schema={unitForm}
        label={words.addUnit}
        initial={{ parent: id }}
        refresh={refresh}
        done={words.unitSaved}
      />
      <CallButton contract={administration.unitClose} initial={{ id }} refresh={refresh} done={words.unitClosed} />
    </p>
  );
}
