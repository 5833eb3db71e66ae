import { demoPassword } from '../cli/seed.ts';
import { crashRounds } from '../test/crash/rounds.ts';
import { print } from './figure.ts';

/** kill -9 of the server, and in every second round of the database too, amid concurrent actions; a hundred rounds. */
export async function benchCrash(_seconds: number, rounds = 100): Promise<boolean> {
  const report = await crashRounds(rounds, demoPassword);
  const pass = report.lost === 0 && report.doubled === 0 && report.ledgerExit === 0;
  print({ bench: 'crash', figure: 'actions sent', value: report.sent, unit: `in ${report.rounds} rounds` });
  print({ bench: 'crash', figure: 'acknowledged before the blow', value: report.acknowledged, unit: 'actions' });
  print({ bench: 'crash', figure: 'unanswered and sent again', value: report.unanswered, unit: 'actions' });
  print({ bench: 'crash', figure: 'acknowledged and lost', value: report.lost, unit: 'actions', target: '0', pass: report.lost === 0 });
  print({ bench: 'crash', figure: 'carried out twice', value: report.doubled, unit: 'actions', target: '0', pass: report.doubled === 0 });
  print({
    bench: 'crash',
    figure: 'ledger verification exit code',
    value: report.ledgerExit,
    unit: '',
    target: '0',
    pass: report.ledgerExit === 0,
  });
  print({ bench: 'crash', figure: 'slowest start after a crash', value: Math.round(report.slowestReadyMs), unit: 'ms' });
  return pass;
}
