import { fillText } from '#kernel/text.ts';
import { LevelTag } from '#kernel/web/level.tsx';
import { getLang, say } from '#kernel/web/words/words.ts';
import { controlLevels, directMajor } from '../grading-tables.ts';
import { type CheckCycle, cycleDays, cycleUnits, identifyMethods, type Measure, measureKinds, type Tree, taskRoles } from '../schema.ts';
import { type GradedEvent, gradeTree } from '../tree.ts';
import { words } from './words.ts';
import './risk.css';

export function cycleText(cycle: CheckCycle): string {
  const every = { zh: '每 {n} {unit}', en: 'every {n} {unit}' };
  const days = cycle.days === 'every' ? '' : ` · ${say(cycleDays[cycle.days])}`;
  const hours = cycle.workFrom && cycle.workTo ? ` · ${cycle.workFrom}–${cycle.workTo}` : '';
  const role = cycle.role === 'daily' ? '' : ` · ${say(taskRoles[cycle.role])}${cycle.item ? ` ${cycle.item}` : ''}`;
  return fillText(every, { n: cycle.every, unit: say(cycleUnits[cycle.unit]) }, getLang()) + days + hours + role;
}

/** A whole assessment to read: unit by unit, each event with its two levels and what keeps it down. */
export function TreeView({ tree }: { tree: Tree }) {
  const graded = gradeTree(tree);
  return (
    <div className="risk-tree">
      <p className="risk-result">
        {say(words.inherent)} <LevelTag level={graded.inherent} /> → {say(words.level)} <LevelTag level={graded.residual} />
      </p>
      {tree.plan && (
        <section className="risk-plan">
          <h4>{say(words.plan)}</h4>
          <p>{tree.plan}</p>
        </section>
      )}
      {tree.units.map((unit) => (
        <section key={unit.id} className="risk-unit">
          <h3>
            {unit.name} <span className="tag">{say(identifyMethods[unit.method])}</span>
          </h3>
          {graded.events
            .filter((one) => one.unit.id === unit.id)
            .map((one) => (
              <EventView key={one.event.id} graded={one} />
            ))}
        </section>
      ))}
    </div>
  );
}

function EventView({ graded: { event, inherent, residual } }: { graded: GradedEvent }) {
  return (
    <article className={`risk-event is-${residual.level}`}>
      <h4>{event.name}</h4>
      <p className="quiet">
        <LevelTag level={inherent.level} /> {inherent.score} → <LevelTag level={residual.level} /> {residual.score} ·{' '}
        {say(controlLevels[event.control])}
        {event.consequence && ` · ${event.consequence}`}
      </p>
      {event.direct.length > 0 && (
        <p className="quiet">
          {say(words.direct)}：{event.direct.map((rule) => say(directMajor[rule])).join('；')}
        </p>
      )}
      <ul className="risk-measures">
        {event.measures.map((measure) => (
          <MeasureView key={measure.id} measure={measure} />
        ))}
      </ul>
    </article>
  );
}

function MeasureView({ measure }: { measure: Measure }) {
  return (
    <li>
      <span className="tag">{say(measureKinds[measure.kind])}</span> {measure.content}
      {measure.automatic && <span className="quiet"> · {say(words.automatic)}</span>}
      {measure.check && measure.cycle && (
        <p className="quiet">
          {say(words.check)}：{measure.check}（{cycleText(measure.cycle)}）
        </p>
      )}
    </li>
  );
}
