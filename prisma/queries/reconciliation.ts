import type { ReconciliationStore } from '../../activities/reconciliation/port.ts';
import type { Database } from '../database.ts';
import { markStarted } from '../open-case.ts';
import { casesOf, openCases, resumable, startOf } from './reconciliation-cases.ts';
import { lateNotices, noticesOf, strayNotices } from './reconciliation-notices.ts';
import {
  beginRun,
  casesLeftToPersons,
  failRun,
  finishRun,
  forgetRuns,
  listFindings,
  markNotRepaired,
  markRepaired,
  unrepairedFindings,
} from './reconciliation-runs.ts';

/** The database as reconciliation reads it, and the list of what it found. */
export function reconciliationStore(db: Database): ReconciliationStore {
  return {
    begin: (...run) => beginRun(db, ...run),
    finish: (...run) => finishRun(db, ...run),
    fail: (...run) => failRun(db, ...run),
    forgetBefore: (at) => forgetRuns(db, at),
    openCases: (...page) => openCases(db, ...page),
    casesOf: (caseNumbers) => casesOf(db, caseNumbers),
    startOf: (caseNumber) => startOf(db, caseNumber),
    markStarted: (caseNumber) => markStarted(db, caseNumber),
    resumable: (caseNumber) => resumable(db, caseNumber),
    lateNotices: (...page) => lateNotices(db, ...page),
    strayNotices: (...page) => strayNotices(db, ...page),
    noticesOf: (ids) => noticesOf(db, ids),
    list: (...found) => listFindings(db, ...found),
    unrepaired: (...page) => unrepairedFindings(db, ...page),
    leftToPersons: (caseNumbers) => casesLeftToPersons(db, caseNumbers),
    repaired: (...findings) => markRepaired(db, ...findings),
    notRepaired: (...findings) => markNotRepaired(db, ...findings),
  };
}
